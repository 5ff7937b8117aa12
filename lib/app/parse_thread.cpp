// SPDX-License-Identifier: MIT
#include "app/parse_thread.hpp"

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
        meter::AssemblerOptions options;
        options.zone = request_.zone;
        options.latest_end = request_.latest_end;
        options.zone_of = [this](std::string_view meter) { return own_zone(meter); };
        meter::Assembler assembler(std::move(options), queue_);
        auto parsed = parse_members(assembler);
        if (!parsed)
            result_.error = std::move(parsed.error());
        assembler.finish();
        result_.tally = assembler.tally();
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

Result<void> ParseThread::parse_members(meter::Assembler& assembler) {
    meter::ReaderOptions options;
    options.zone = request_.zone;
    options.zone_is_explicit = request_.zone_is_explicit;
    options.layer = request_.layer;
    // An explicit zone is how to read every local time; the meter's own still decides its days.
    if (!request_.zone_is_explicit) {
        options.zone_of = [this](std::string_view meter) { return own_zone(meter); };
    }
    for (;;) {
        const auto reader = meter::make_reader(request_.format, options, assembler);
        auto fed = input::feed(
            input_,
            reader->by_line(),
            meter::Reader::max_line,
            head_.bytes,
            [&](std::string_view piece, bool last) { return reader->read(piece, last); },
            [&](std::string_view beginning) { reader->skip_line(beginning); }
        );
        if (!fed)
            return fed;
        auto next = read_head(input_);
        if (!next)
            return tl::unexpected(std::move(next.error()));
        if (next->bytes.empty() && next->member.empty())
            return {};
        head_ = std::move(*next);
        const auto format = meter::detect_format(head_.bytes);
        if (format && *format == request_.format)
            continue;
        meter::Reject reject;
        reject.reason =
            format ? "archive member " + head_.member + " has another format than the first"
                   : "archive member " + head_.member + ": " + format.error().message;
        assembler.reject(std::move(reject));
        return {};
    }
}

}  // namespace usagectl::app
