// SPDX-License-Identifier: MIT
// What an ingest did not take: every line to the --rejects file, the first few to stderr. The file
// is written under a hidden name beside its own and takes that at the end: until then a file of
// that name stays what it was, and nobody reads half of one.
#pragma once

#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include "app/ingest.hpp"
#include "cli/context.hpp"

namespace usagectl {

class RejectLog {
public:
    // Creates the file (mode 0600: rejected records are customers' data) or refuses: also when it
    // would take the place of a file that is among the sources, or in a folder that is.
    RejectLog(
        const std::optional<std::string>& path,
        const app::IngestRequest& request,
        cli::Context& context
    );
    ~RejectLog();
    RejectLog(const RejectLog&) = delete;
    RejectLog& operator=(const RejectLog&) = delete;

    // One JSON object: file, line, column, reason, record, format; context where the record needs
    // one, cut where it is not whole.
    void add(const std::string& path, const meter::Reject& reject);
    // Says on stderr how many lines were kept back. A file that was not taken as a whole gets a
    // line of its own in the rejects file.
    void close_file(const app::FileReport& report);
    // A note on stderr, unless stderr is for the error object of a JSON format.
    void tell(const std::string& text);
    // Everything is on the disk, or this is a Failure.
    void finish();

private:
    // More would bury the summary; the file has them all.
    static constexpr std::uint64_t shown_per_file = 5;

    void open();
    void write_line(const std::string& path, const meter::Reject& reject);
    void write(const std::string& line);
    void write_out();
    void publish();

    cli::Context& context_;
    std::string path_;
    std::string target_;     // what path_ leads to
    std::string temporary_;  // empty: the file is written in place, or published
    int descriptor_ = -1;
    std::string buffer_;
    std::uint64_t in_file_ = 0;
};

}  // namespace usagectl
