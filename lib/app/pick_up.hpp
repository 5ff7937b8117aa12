// SPDX-License-Identifier: MIT
// Files of a remote folder, taken once each: listed, fetched beside the store, looked at again on
// the server, taken, remembered, and then left, archived or deleted there. A run that is killed
// anywhere and repeated takes nothing twice and loses nothing: a file leaves the server only after
// its transaction is durable, and content that was taken before is a duplicate for ever.
//
// What taking means is its caller's: readings are ingested, extracts imported.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "app/interrupted.hpp"
#include "app/remote.hpp"
#include "app/store.hpp"

namespace usagectl::app {

enum class Afterwards : std::uint8_t { leave, archive, remove };

// What became of a file that was fetched.
struct TakenAs {
    std::string sha256;     // empty: not known
    std::string status;     // a word for the store: loaded, partial, duplicate, rejected
    bool rejected = false;  // as a whole: it stays where a person can look at it
    // It could not be tried, by no fault of its own: nothing is remembered, the next run tries.
    bool broken = false;
};
// Takes the file at `path`, known to people as `shown`. Whoever stores it calls `keep` in that
// transaction, last. What is not kept so, like a refusal, is remembered afterwards by itself.
using Keep = std::function<void(const TakenAs& taken)>;
using TakeFile =
    std::function<TakenAs(const std::string& path, const std::string& shown, const Keep& keep)>;

struct PickUp {
    std::string pattern = "*";  // of file names, as a shell matches them
    Afterwards afterwards = Afterwards::leave;
    std::string archive;  // folder on the server
    std::string staging;  // folder here
    // Empty for readings. What was taken for one purpose, or refused, is not taken for another.
    std::string purpose = {};
    bool dry_run = false;  // nothing is remembered, nothing leaves the server
    // Younger files may still be written to; where the server tells their age.
    std::chrono::seconds settle{60};
};

// A file that was seen and not taken this time.
struct LeftFile {
    std::string path;
    std::string reason;  // "still growing", …
};

struct PickedUp {
    std::vector<LeftFile> left;
    std::uint64_t known = 0;     // taken in an earlier run
    std::uint64_t finished = 0;  // of these, archived or deleted only now
};

struct PickUpObserver {
    std::function<bool()> interrupted;  // polled; true ends the run between two files
    std::function<void(const std::string& name, std::uint64_t done, std::optional<std::uint64_t>)>
        fetching;
};

// Throws what `take` throws, and Interrupted. Failure of the connection ends it and is `ended` of
// the answer: what was taken before is kept.
struct PickUpAnswer {
    PickedUp taken;
    std::optional<Error> ended;
};
[[nodiscard]] PickUpAnswer pick_up(
    Store& store,
    RemoteFolder& folder,
    const PickUp& wish,
    const TakeFile& take,
    const Clock& clock,
    const PickUpObserver& observer
);

}  // namespace usagectl::app
