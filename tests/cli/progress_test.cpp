// SPDX-License-Identifier: MIT
#include <sstream>

#include <catch2/catch.hpp>

#include "cli/progress.hpp"

using std::chrono::milliseconds;
using usagectl::cli::format_amount;
using usagectl::cli::format_seconds;
using usagectl::cli::Progress;

namespace {

struct Terminal {
    std::ostringstream out;
    milliseconds now{500};

    Progress begin(std::uint64_t total, int width = 80) {
        return {&out, [this] { return now; }, "day.lse", total, width};
    }
    std::string line() {
        auto text = out.str();
        out.str({});
        return text;
    }
};

}  // namespace

TEST_CASE("nothing is shown in the first second") {
    Terminal terminal;
    {
        auto progress = terminal.begin(100);
        terminal.now += milliseconds(999);
        progress.update(50);
    }
    CHECK(terminal.line().empty());
}

TEST_CASE("the line tells how much, how fast and how long") {
    Terminal terminal;
    auto progress = terminal.begin(10'000'000);
    terminal.now += milliseconds(2000);
    progress.update(4'000'000);
    CHECK(terminal.line() == "\r\x1b[Kday.lse  4.0 MB of 10.0 MB  40 %  2.0 MB/s  0:03 left");
    terminal.now += milliseconds(50);
    progress.update(4'100'000);
    CHECK(terminal.line().empty());  // too soon
    progress.finish();
    CHECK(terminal.line() == "\r\x1b[K");
    progress.finish();
    CHECK(terminal.line().empty());
}

TEST_CASE("without a total there is no share, and more than the total is not more than all") {
    Terminal terminal;
    auto progress = terminal.begin(0);
    progress.count(Progress::Unit::items);
    terminal.now += milliseconds(1000);
    progress.update(1500);
    CHECK(terminal.line() == "\r\x1b[Kday.lse  1.5 k  1.5 k/s");
    progress.expect(1000);
    terminal.now += milliseconds(1000);
    progress.update(2000);
    CHECK(terminal.line() == "\r\x1b[Kday.lse  2.0 k of 1.0 k  100 %  1.0 k/s");
}

TEST_CASE("the line never wraps: the label gives way, then the line") {
    Terminal terminal;
    auto narrow = terminal.begin(0, 20);
    terminal.now += milliseconds(1000);
    narrow.update(1'000'000);
    CHECK(terminal.line() == "\r\x1b[K1.0 MB  1.0 MB/s");
    auto tiny = terminal.begin(0, 5);
    terminal.now += milliseconds(1000);
    tiny.update(1'000'000);
    CHECK(terminal.line().empty());
}

TEST_CASE("the clock is not read when nothing can be shown") {
    Progress silent(
        nullptr,
        [] {
            FAIL("the clock was read");
            return milliseconds(0);
        },
        "x",
        1,
        80
    );
    silent.update(1);
    silent.finish();
}

TEST_CASE("amounts and times at their edges") {
    CHECK(format_amount(0, Progress::Unit::bytes) == "0 B");
    CHECK(format_amount(999, Progress::Unit::bytes) == "999 B");
    CHECK(format_amount(1000, Progress::Unit::bytes) == "1.0 kB");
    CHECK(format_amount(999'999, Progress::Unit::bytes) == "999.9 kB");
    CHECK(format_amount(UINT64_MAX, Progress::Unit::bytes) == "18446.7 PB");
    CHECK(format_seconds(0) == "0:00");
    CHECK(format_seconds(59) == "0:59");
    CHECK(format_seconds(3600) == "1:00:00");
    CHECK(format_seconds(3723) == "1:02:03");
}
