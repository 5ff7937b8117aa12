// SPDX-License-Identifier: MIT
// One file being parsed in its own thread, its batches taken by the thread that writes. The thread
// is joined by finish() or by the destructor; what it throws comes out of finish().
#pragma once

#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>

#include "app/batch_queue.hpp"
#include "input/input.hpp"
#include "meter/reader.hpp"

namespace usagectl::app {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>{}(text);
    }
};
using ZoneByMeter = std::unordered_map<std::string, const Zone*, TextHash, std::equal_to<>>;

// The beginning of a file: enough to tell its format.
struct Head {
    std::string member;  // the name inside an archive, for messages
    std::string bytes;
};
// Moves to the first member and reads up to 64 KiB of it.
[[nodiscard]] Result<Head> read_head(input::Input& input);

struct ParseRequest {
    std::optional<meter::Format> format;  // none: a rejects file
    meter::Layer layer = meter::Layer::vee;
    const Zone* zone = nullptr;
    bool zone_is_explicit = false;
    ZoneByMeter zones;  // meters whose zone is not `zone`
    Instant latest_end{};
};

struct ParseResult {
    meter::ReadTally tally;
    std::optional<Error> error;  // the file as a whole was refused
    std::string origins;         // of a rejects file: Replay::origins
};

class ParseThread {
public:
    // `input` stands after `head`, and must not be touched by others until finish().
    ParseThread(input::Input& input, Head head, ParseRequest request);
    ~ParseThread();
    ParseThread(const ParseThread&) = delete;
    ParseThread& operator=(const ParseThread&) = delete;

    [[nodiscard]] std::optional<meter::BlockBatch> next() { return queue_.next(); }
    [[nodiscard]] ParseResult finish();

private:
    void parse();
    [[nodiscard]] Result<void> parse_file();
    [[nodiscard]] Result<void> replay();
    // Reads one member after another until there is none, or one that is `foreign`: that is told.
    [[nodiscard]] Result<void> each_member(
        const std::function<Result<void>()>& read,
        const std::function<std::string(const Head&)>& foreign,
        const std::function<void(meter::Reject)>& reject
    );
    [[nodiscard]] const Zone* own_zone(std::string_view meter) const;
    [[nodiscard]] meter::AssemblerOptions assembler_options() const;
    [[nodiscard]] meter::ReaderOptions reader_options() const;

    input::Input& input_;
    Head head_;
    ParseRequest request_;
    BatchQueue queue_;
    ParseResult result_;
    std::exception_ptr thrown_;
    std::thread thread_;
};

}  // namespace usagectl::app
