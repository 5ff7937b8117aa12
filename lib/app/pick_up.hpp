// SPDX-License-Identifier: MIT
// Files of a remote folder, taken once each: listed, fetched beside the store, looked at again on
// the server, ingested, remembered, and then left, archived or deleted there. A run that is killed
// anywhere and repeated takes nothing twice and loses nothing: a file leaves the server only after
// its transaction is durable, and content that was taken before is a duplicate for ever.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "app/ingest.hpp"
#include "app/remote.hpp"

namespace usagectl::app {

enum class Afterwards : std::uint8_t { leave, archive, remove };

struct PickUp {
    std::string pattern = "*";  // of file names, as a shell matches them
    Afterwards afterwards = Afterwards::leave;
    std::string archive;  // folder on the server
    std::string staging;  // folder here
    // Younger files may still be written to; where the server tells their age.
    std::chrono::seconds settle{60};
};

// A file that was seen and not taken this time.
struct LeftFile {
    std::string path;
    std::string reason;  // "still growing", …
};

struct PickedUp {
    std::vector<FileReport> files;  // paths are URLs
    std::vector<LeftFile> left;
    std::uint64_t known = 0;     // taken in an earlier run
    std::uint64_t finished = 0;  // of these, archived or deleted only now
};

struct PickUpObserver {
    IngestObserver ingest;
    std::function<void(const std::string& name, std::uint64_t done, std::optional<std::uint64_t>)>
        fetching;
};

// Throws Interrupted. Failure of the connection ends it and is `ended` of the answer: what was
// taken before is kept.
struct PickUpAnswer {
    PickedUp taken;
    std::optional<Error> ended;
};
[[nodiscard]] PickUpAnswer pick_up(
    Store& store,
    RemoteFolder& folder,
    const PickUp& wish,
    const IngestRequest& request,
    const Actor& actor,
    const Clock& clock,
    const PickUpObserver& observer
);

}  // namespace usagectl::app
