// SPDX-License-Identifier: MIT
// A rejects file: what `ingest --rejects` wrote and somebody perhaps corrected. One JSON object a
// line, usagectl-ingest(1) names its members. Records that lay together in their file and need the
// same lines above them are handed on together, as a text that their reader can read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace usagectl::input {

// The format of a line that could not be read itself.
inline constexpr std::string_view rejects_format = "rejects";
// Bytes; those that `ingest` writes are far below.
inline constexpr std::size_t max_reject_line = 256 << 10;

struct RejectedRecord {
    std::string file;        // where it was read first; empty: the line does not say
    std::uint64_t line = 0;  // there, of the record's first line; 0: unknown
    std::uint32_t column = 0;
    std::string reason;
    std::string format;   // the reader's name; empty: none
    std::string context;  // the lines it needs above it
    std::string record;
    bool cut = false;        // record or context is not whole
    std::uint64_t here = 0;  // its line in the rejects file
};

// Whether a file that begins with `head` is a rejects file: its first line that is not blank is a
// JSON object that has a record and a format. Damage further on in that line does not hide it.
[[nodiscard]] bool is_rejects_file(std::string_view head);

// Reads one line. Error (exit 6) `reject_malformed`, `column` set to the place from 1, 0 when the
// line is JSON but not a reject.
[[nodiscard]] Result<RejectedRecord> parse_reject(std::string_view line, std::uint32_t& column);

// Records of one file, format and context, in the order of the rejects file.
struct RejectRun {
    struct Place {
        std::uint64_t file_line = 0;  // 0: unknown
        std::uint64_t here = 0;       // in the rejects file
        bool in_context = false;
    };

    std::string file;
    std::string format;
    std::string text;  // the context, then the records; every line ended
    // Where a line of `text`, from 1, comes from; those of the context belong to the first record.
    [[nodiscard]] Place place(std::uint64_t line) const;
    [[nodiscard]] std::size_t size() const { return records_.size(); }
    // What was put in, for records that shall be told one by one.
    [[nodiscard]] RejectedRecord record(std::size_t index) const;

private:
    friend class RejectRuns;
    struct Entry {
        std::uint64_t text_line = 0;  // of its first line, in `text`
        std::uint64_t file_line = 0;
        std::uint64_t here = 0;
        std::size_t at = 0;  // in `text`
    };
    std::string context_;
    std::uint64_t lines_ = 0;
    std::vector<Entry> records_;
};

class RejectsTaker {
public:
    RejectsTaker() = default;
    RejectsTaker(const RejectsTaker&) = delete;
    RejectsTaker& operator=(const RejectsTaker&) = delete;
    virtual ~RejectsTaker() = default;

    // Why the record, which is not blank, cannot be read again; empty when it can be tried.
    [[nodiscard]] virtual std::string refusal(const RejectedRecord& record) = 0;
    virtual void refuse(RejectedRecord record, std::string why) = 0;
    virtual void take(const RejectRun& run) = 0;
};

// Cuts a rejects file into runs. Memory is bounded: a run ends after a megabyte or 4096 records.
class RejectRuns {
public:
    explicit RejectRuns(RejectsTaker& taker)
        : taker_(taker) {}

    // As input::feed gives them: whole lines; the beginning of one beyond max_reject_line.
    void take(std::string_view piece, bool last);
    void skip(std::string_view beginning);

private:
    void take_line(std::string_view line);
    void add(RejectedRecord record);
    [[nodiscard]] bool continues_run(const RejectedRecord& record) const;
    void begin_run(const RejectedRecord& first);
    void end_run();

    RejectsTaker& taker_;
    RejectRun run_;
    std::uint64_t line_ = 0;
    std::string last_record_;  // of the run
};

}  // namespace usagectl::input
