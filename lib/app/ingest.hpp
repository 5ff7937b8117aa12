// SPDX-License-Identifier: MIT
// Files in, blocks stored. One file is one transaction: after a kill at any moment it is either
// wholly there or not at all, and running the same command again ends where an undisturbed run
// would have. Parsing runs in its own thread beside the writing.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/actor.hpp"
#include "app/interrupted.hpp"
#include "app/store.hpp"
#include "input/input.hpp"
#include "meter/reader.hpp"

namespace usagectl::app {

struct IngestRequest {
    std::vector<std::string> sources;     // files, directories, "-"
    std::optional<meter::Format> format;  // none: by content
    meter::Layer layer = meter::Layer::vee;
    const Zone* zone = nullptr;         // of meters that have none yet
    bool zone_is_explicit = false;      // the caller insists: it wins over what the file says
    bool strict = false;                // one bad record rejects its whole file
    bool dry_run = false;               // everything is done, nothing is kept
    std::chrono::seconds future{3600};  // how far ahead of the clock an interval may end
    input::ExpansionLimit expansion;
    int standard_input = 0;  // the descriptor "-" names
};

enum class FileStatus : std::uint8_t { loaded, duplicate, partial, rejected };
[[nodiscard]] std::string_view to_string(FileStatus status);

// What became of one file. Always: tally.intervals = stored + unchanged + superseded + rejected.
struct FileReport {
    std::string path;
    std::string format;  // as meter::to_string, or "rejects"; empty: not known
    std::string sha256;
    FileStatus status = FileStatus::rejected;
    meter::ReadTally tally;
    meter::Counts counts;
    std::optional<Error> error;  // why the file as a whole was not taken
};

// Hears of what happens while it happens.
struct IngestObserver {
    std::function<void(std::uint64_t done, std::optional<std::uint64_t> total)> progress;
    // `path` is where the record was read first, `reject.format` is always set.
    std::function<void(const std::string& path, const meter::Reject&)> reject;
    std::function<void(const FileReport&)> file;
    // Inside of the file's transaction, just before it commits: what must be kept with it.
    std::function<void(const FileReport&)> keep;
    std::function<bool()> interrupted;  // polled; true ends the run, the open file is undone
};

// Ingests every file of every source, in order. A bad file does not stop the others; a store that
// fails does (Failure). Returns the reports; `observer.file` has seen each as it was finished.
[[nodiscard]] std::vector<FileReport> ingest(
    Store& store,
    const IngestRequest& request,
    const Actor& actor,
    const Clock& clock,
    const IngestObserver& observer
);

// One file, known to people as `shown`: where it was fetched from. `observer.file` is not called.
[[nodiscard]] FileReport ingest_file(
    Store& store,
    const IngestRequest& request,
    const Actor& actor,
    const Clock& clock,
    const IngestObserver& observer,
    const std::string& path,
    const std::string& shown
);

}  // namespace usagectl::app
