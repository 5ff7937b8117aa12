// SPDX-License-Identifier: MIT
#include "net/retry.hpp"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <thread>
#include <utility>

#include "base/assert.hpp"
#include "base/number.hpp"

namespace usagectl::net {
namespace {

using std::chrono::milliseconds;

class SystemSleeper final : public Sleeper {
public:
    explicit SystemSleeper(std::function<bool()> interrupted)
        : interrupted_(std::move(interrupted)) {}

    bool sleep_for(milliseconds time) override {
        constexpr milliseconds slice{100};
        for (; time > milliseconds(0); time -= slice) {
            if (interrupted_ && interrupted_())
                return false;
            std::this_thread::sleep_for(std::min(time, slice));
        }
        return !interrupted_ || !interrupted_();
    }

private:
    std::function<bool()> interrupted_;
};

bool status_repeats(int status, bool repeatable) {
    constexpr std::array<int, 4> passing{408, 502, 503, 504};
    const bool passes = std::find(passing.begin(), passing.end(), status) != passing.end();
    return status == 429 || (repeatable && passes);
}

// base, twice that, four times … up to the cap.
milliseconds ceiling(const RetryRules& rules, int number) {
    milliseconds longest = rules.base;
    for (int i = 1; i < number && longest < rules.cap; ++i)
        longest *= 2;
    return std::min(longest, rules.cap);
}

milliseconds random_up_to(milliseconds longest, const Random& random) {
    const auto bound = static_cast<std::uint64_t>(longest.count()) + 1;
    return milliseconds(static_cast<std::int64_t>(random(bound)));
}

std::string name_of(const HttpRequest& request) {
    return request.label.empty() ? request.method : request.label;
}

}  // namespace

std::unique_ptr<Sleeper> system_sleeper(std::function<bool()> interrupted) {
    return std::make_unique<SystemSleeper>(std::move(interrupted));
}

Random system_random() {
    return [](std::uint64_t bound) {
        USAGECTL_ASSERT(bound > 0);
        std::uint64_t bits = 0;
        while (::getrandom(&bits, sizeof bits, 0) != static_cast<ssize_t>(sizeof bits))
            USAGECTL_ASSERT(errno == EINTR);
        return bits % bound;  // the bias is below one in 2^40 for any wait
    };
}

std::optional<milliseconds>
wait_before_next(const RetryRules& rules, const Attempt& attempt, const Random& random) {
    USAGECTL_ASSERT(rules.attempts >= 1 && rules.base >= milliseconds(0) && attempt.number >= 1);
    if (attempt.number >= rules.attempts)
        return std::nullopt;
    const bool again = attempt.status ? status_repeats(*attempt.status, attempt.repeatable)
                                      : attempt.retryable && (!attempt.sent || attempt.repeatable);
    if (!again)
        return std::nullopt;
    if (!attempt.retry_after)
        return random_up_to(ceiling(rules, attempt.number), random);
    if (*attempt.retry_after > rules.longest_asked)
        return std::nullopt;
    return *attempt.retry_after + random_up_to(rules.base, random);
}

std::optional<Instant> parse_http_date(std::string_view text) {
    constexpr std::array<std::string_view, 12> months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    constexpr std::string_view form = "Sun, 06 Nov 1994 08:49:37 GMT";
    if (text.size() != form.size() || !text.ends_with(" GMT"))
        return std::nullopt;
    const auto* const month = std::find(months.begin(), months.end(), text.substr(8, 3));
    const auto day = parse_integer(text.substr(5, 2), 1, 31);
    const auto year = parse_integer(text.substr(12, 4), 1970, 9999);
    const auto hour = parse_integer(text.substr(17, 2), 0, 23);
    const auto minute = parse_integer(text.substr(20, 2), 0, 59);
    const auto second = parse_integer(text.substr(23, 2), 0, 60);
    if (month == months.end() || !day || !year || !hour || !minute || !second)
        return std::nullopt;
    const std::chrono::year_month_day date{
        std::chrono::year(static_cast<int>(*year)),
        std::chrono::month(static_cast<unsigned>(month - months.begin()) + 1),
        std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok())
        return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second);
}

std::optional<milliseconds> retry_after(const HttpResponse& response, Instant now) {
    constexpr std::int64_t longest = std::int64_t{1} << 31;  // seconds; longer is never waited for
    const std::string_view value = response.header("retry-after");
    if (value.empty() || value.front() == '-')
        return std::nullopt;
    if (value.find_first_not_of("0123456789") == std::string_view::npos) {
        const auto seconds = parse_integer(value, 0, longest);
        return milliseconds(std::chrono::seconds(seconds.value_or(longest)));
    }
    const auto at = parse_http_date(value);
    if (!at)
        return std::nullopt;
    const auto from = parse_http_date(response.header("date")).value_or(now);
    return std::max(milliseconds(0), milliseconds(*at - from));
}

RetryingClient::RetryingClient(
    HttpClient& inner,
    const RetryRules& rules,
    const Clock& clock,
    Sleeper& sleeper,
    Random random,
    std::function<void(std::string)> log
)
    : inner_(inner)
    , rules_(rules)
    , clock_(clock)
    , sleeper_(sleeper)
    , random_(std::move(random))
    , log_(std::move(log)) {
    USAGECTL_ASSERT(random_ != nullptr);
}

Answer<HttpResponse> RetryingClient::send(const HttpRequest& request) {
    bool sent = false;
    for (int number = 1;; ++number) {
        auto answer = inner_.send(request);
        Attempt attempt{.number = number, .repeatable = request.repeatable};
        if (answer) {
            attempt.status = answer->status;
            attempt.retry_after = retry_after(*answer, clock_.now());
        } else {
            attempt.sent = answer.error().sent;
            attempt.retryable = answer.error().error.retryable;
            sent = sent || attempt.sent;
            answer.error().sent = sent;
        }
        const auto wait = wait_before_next(rules_, attempt, random_);
        if (!wait)
            return answer;
        if (log_) {
            const std::string why =
                answer ? "status " + std::to_string(answer->status) : answer.error().error.code;
            log_(
                name_of(request) + ": " + why + ", again in " + std::to_string(wait->count()) +
                " ms (attempt " + std::to_string(number + 1) + " of " +
                std::to_string(rules_.attempts) + ")"
            );
        }
        if (!sleeper_.sleep_for(*wait))
            return answer;
    }
}

}  // namespace usagectl::net
