// SPDX-License-Identifier: MIT
#include "app/tariffs.hpp"

#include <algorithm>

#include "app/mistakes.hpp"
#include "base/digest.hpp"
#include "base/text.hpp"
#include "tariff/reader.hpp"

namespace usagectl::app {

namespace {

struct Undo {};

// Another process added a version between our look and our own.
struct Overtaken {};
// Each try that fails is another's success.
constexpr int most_tries = 100;

Failure overtaken(const std::string& name) {
    return {
        "store_conflict",
        "other processes kept adding versions of tariff " + name,
        "run the command again",
        true};
}

std::string place(const std::string& path, const tariff::Place& at) {
    return path + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

std::string sha256_of(std::string_view text) {
    Sha256 hash;
    hash.update(text);
    return hash.finish();
}

// The version a text becomes, or the one it is already.
Result<TariffAdded>
decide(const std::vector<TariffVersion>& known, TariffVersion wanted, const std::string& name) {
    std::int64_t newest = 0;
    for (const auto& version : known) {
        if (version.sha256 == wanted.sha256)
            return TariffAdded{version, true};
        newest = std::max(newest, version.version);
    }
    for (const auto& version : known) {
        if (version.effective != wanted.effective)
            continue;
        return refuse(
            Exit::refused,
            "tariff_effective_taken",
            "version " + std::to_string(version.version) + " of tariff " + name +
                " is effective on " + format_day(version.effective) + " already",
            "a version is never edited: give the new one a later effective date"
        );
    }
    wanted.version = newest + 1;
    return TariffAdded{std::move(wanted), false};
}

std::string outcome(const TariffAdded& added) {
    const auto& version = added.version;
    return "tariff " + version.name + " version " + std::to_string(version.version) +
           (added.unchanged ? " was there already"
                            : " added, effective " + format_day(version.effective));
}

Error unknown_tariff(Store& store, const std::string& name) {
    const auto known = store.tariffs().list();
    std::vector<std::string_view> names;
    for (const auto& version : known) {
        if (names.empty() || names.back() != version.name)
            names.push_back(version.name);
    }
    std::string hint;
    for (const auto close : nearest(name, names, 3))
        hint += (hint.empty() ? "did you mean " : ", ") + std::string(close);
    return {
        Exit::not_found,
        "tariff_unknown",
        "tariff " + name + " is not in the store",
        hint.empty() ? "usagectl tariff list shows the tariffs there are" : hint + "?",
    };
}

}  // namespace

Result<TariffAdded>
add_tariff(Store& store, const AddTariff& request, const Actor& actor, const Clock& clock) {
    const auto read = tariff::read_tariff(request.text);
    if (!read.tariff)
        return tl::unexpected(malformed_file("tariff", request.path, read.mistakes));
    Result<TariffAdded> added;
    const auto work = [&] {
        const auto now = clock.now();
        const auto& name = read.tariff->name;
        added = decide(
            store.tariffs().versions(name),
            {name, 0, read.tariff->effective, sha256_of(request.text), request.text, now},
            name
        );
        if (!added)
            throw Undo{};
        if (!added->unchanged && !store.tariffs().append(added->version))
            throw Overtaken{};
        store.audit().append(actor.record(now, outcome(*added)));
        if (request.added)
            request.added(*added);
        if (request.dry_run)
            throw Undo{};
    };
    for (int tries = 1;; ++tries) {
        try {
            store.write(work);
            return added;
        } catch (const Undo&) {
            return added;  // refused, or a dry run: nothing is kept
        } catch (const Overtaken&) {
            // The other's version is there now, so that the next try sees it.
            if (tries == most_tries)
                throw overtaken(read.tariff->name);
        }
    }
}

const TariffVersion* version_on(const std::vector<TariffVersion>& versions, LocalDay day) {
    const TariffVersion* found = nullptr;
    for (const auto& version : versions) {
        if (version.effective <= day && (found == nullptr || version.effective > found->effective))
            found = &version;
    }
    return found;
}

std::optional<LocalDay>
last_day_of(const std::vector<TariffVersion>& versions, const TariffVersion& version) {
    std::optional<LocalDay> last;
    for (const auto& other : versions) {
        if (other.name != version.name || other.effective <= version.effective)
            continue;
        const auto before = other.effective - std::chrono::days(1);
        last = last ? std::min(*last, before) : before;
    }
    return last;
}

Result<std::vector<TariffVersion>> tariff_versions(Store& store, const std::string& name) {
    auto versions = store.tariffs().versions(name);
    if (versions.empty())
        return tl::unexpected(unknown_tariff(store, name));
    return versions;
}

std::vector<TariffListed> list_tariffs(Store& store) {
    std::vector<TariffListed> listed;
    auto all = store.tariffs().list();
    for (std::size_t at = 0; at < all.size(); ++at) {
        // By name and effective date: the next row, if of the same tariff, takes over.
        std::optional<LocalDay> until;
        if (at + 1 < all.size() && all[at + 1].name == all[at].name)
            until = all[at + 1].effective - std::chrono::days(1);
        listed.push_back({all[at], until});
    }
    return listed;
}

Result<TariffShown> show_tariff(Store& store, const WhichTariff& which) {
    const auto versions = tariff_versions(store, which.name);
    if (!versions)
        return tl::unexpected(versions.error());
    const TariffVersion* found = nullptr;
    if (which.version) {
        const auto same = std::find_if(versions->begin(), versions->end(), [&](const auto& known) {
            return known.version == *which.version;
        });
        if (same == versions->end()) {
            return refuse(
                Exit::not_found,
                "tariff_version_unknown",
                "tariff " + which.name + " has no version " + std::to_string(*which.version),
                "it has versions 1 to " + std::to_string(versions->size())
            );
        }
        found = &*same;
    } else {
        found = version_on(*versions, which.at.value_or(LocalDay::max()));
        if (found == nullptr) {
            return refuse(
                Exit::not_found,
                "tariff_not_in_force",
                "tariff " + which.name + " does not hold on " + format_day(*which.at),
                "usagectl tariff list shows from when each version is effective"
            );
        }
    }
    return TariffShown{*found, last_day_of(*versions, *found), read_stored(*found)};
}

tariff::Tariff read_stored(const TariffVersion& version) {
    auto read = tariff::read_tariff(version.text);
    if (!read.tariff) {
        const auto& first = read.mistakes.front();
        throw Failure(
            "store_damaged",
            "version " + std::to_string(version.version) + " of tariff " + version.name +
                " cannot be read: " + place("line", first.place) + ": " + first.message
        );
    }
    return std::move(*read.tariff);
}

}  // namespace usagectl::app
