// SPDX-License-Identifier: MIT
#include "app/parse_thread.hpp"

#include "app/replay.hpp"

namespace usagectl::app {

namespace {
constexpr std::size_t head_size = 64 << 10;
}

Result<Head> read_head(input::Input& input) {
    Head head;
    auto more = input.next_member(head.member);
    if (!more)
        return tl::unexpected(std::move(more.error()));
    if (!*more)
        return head;
    head.bytes.resize(head_size);
    std::size_t filled = 0;
    while (filled < head_size) {
        auto got = input.read(head.bytes.data() + filled, head_size - filled);
        if (!got)
            return tl::unexpected(std::move(got.error()));
        if (*got == 0)
            break;
        filled += *got;
    }
    head.bytes.resize(filled);
    return head;
}

ParseThread::ParseThread(input::Input& input, Head head, ParseRequest request)
    : input_(input)
    , head_(std::move(head))
    , request_(std::move(request))
    , thread_([this] { parse(); }) {}

ParseThread::~ParseThread() {
    queue_.abandon();
    if (thread_.joinable())
        thread_.join();
}

ParseResult ParseThread::finish() {
    thread_.join();
    if (thrown_)
        std::rethrow_exception(thrown_);
    return std::move(result_);
}

void ParseThread::parse() {
    try {
        auto parsed = request_.format ? parse_file() : replay();
        if (!parsed)
            result_.error = std::move(parsed.error());
    } catch (const BatchQueue::Abandoned&) {
        // The writer gave up and knows why.
    } catch (...) {
        thrown_ = std::current_exception();
    }
    queue_.close();
}

const Zone* ParseThread::own_zone(std::string_view meter) const {
    const auto found = request_.zones.find(meter);
    return found == request_.zones.end() ? nullptr : found->second;
}

meter::AssemblerOptions ParseThread::assembler_options() const {
    meter::AssemblerOptions options;
    options.zone = request_.zone;
    options.latest_end = request_.latest_end;
    options.zone_of = [this](std::string_view meter) { return own_zone(meter); };
    return options;
}

meter::ReaderOptions ParseThread::reader_options() const {
    meter::ReaderOptions options;
    options.zone = request_.zone;
    options.zone_is_explicit = request_.zone_is_explicit;
    options.layer = request_.layer;
    // An explicit zone is how to read every local time; the meter's own still decides its days.
    if (!request_.zone_is_explicit) {
        options.zone_of = [this](std::string_view meter) { return own_zone(meter); };
    }
    return options;
}

Result<void> ParseThread::parse_file() {
    meter::Assembler assembler(assembler_options(), queue_);
    const auto read = [&] {
        const auto reader = meter::make_reader(*request_.format, reader_options(), assembler);
        return input::feed(
            input_,
            reader->by_line(),
            meter::Reader::max_line,
            head_.bytes,
            [&](std::string_view piece, bool last) { return reader->read(piece, last); },
            [&](std::string_view beginning) { reader->skip_line(beginning); }
        );
    };
    const auto foreign = [&](const Head& head) -> std::string {
        const auto format = meter::detect_format(head.bytes);
        if (!format)
            return ": " + format.error().message;
        return *format == *request_.format ? "" : " has another format than the first";
    };
    auto parsed = each_member(read, foreign, [&](meter::Reject reject) {
        assembler.reject(std::move(reject));
    });
    assembler.finish();
    result_.tally = assembler.tally();
    return parsed;
}

Result<void> ParseThread::replay() {
    Replay replay(assembler_options(), reader_options(), queue_);
    const auto read = [&] {
        input::RejectRuns runs(replay);
        return input::feed(
            input_,
            true,
            input::max_reject_line,
            head_.bytes,
            [&](std::string_view piece, bool last) -> Result<void> {
                runs.take(piece, last);
                return {};
            },
            [&](std::string_view beginning) { runs.skip(beginning); }
        );
    };
    const auto foreign = [](const Head& head) -> std::string {
        return input::is_rejects_file(head.bytes) ? "" : " has another format than the first";
    };
    auto parsed =
        each_member(read, foreign, [&](meter::Reject reject) { replay.reject(std::move(reject)); });
    result_.tally = replay.tally();
    result_.origins = replay.origins();
    return parsed;
}

Result<void> ParseThread::each_member(
    const std::function<Result<void>()>& read,
    const std::function<std::string(const Head&)>& foreign,
    const std::function<void(meter::Reject)>& reject
) {
    for (;;) {
        if (auto done = read(); !done)
            return done;
        auto next = read_head(input_);
        if (!next)
            return tl::unexpected(std::move(next.error()));
        if (next->bytes.empty() && next->member.empty())
            return {};
        head_ = std::move(*next);
        const auto why = foreign(head_);
        if (why.empty())
            continue;
        meter::Reject other;
        other.reason = "archive member " + head_.member + why;
        reject(std::move(other));
        return {};
    }
}

}  // namespace usagectl::app
