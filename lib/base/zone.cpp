// SPDX-License-Identifier: MIT
// A zone's file is read once, into a table of transitions; every question after that is integer
// arithmetic on the table. The names of all zones come from the date library.
#include "base/zone.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <stdexcept>

#include <date/tz.h>

#include "base/posix_rule.hpp"
#include "base/text.hpp"
#include "base/zone_file.hpp"

namespace usagectl {
namespace {

constexpr std::int64_t day_seconds = 86'400;
constexpr std::int64_t beginning_of_time = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t end_of_time = std::numeric_limits<std::int64_t>::max();
// No clock was ever further from UTC than this: how far around a local time to look for it.
constexpr std::int64_t widest_offset = 26 * 3600;
// Where tables end; instants from outside are earlier (base/instant.hpp).
constexpr std::chrono::year end_year{2106};

std::int64_t floor_divide(std::int64_t value, std::int64_t divisor) {
    return value / divisor - (value % divisor < 0 ? 1 : 0);
}

std::int64_t local_seconds(LocalTime time) {
    return time.time_since_epoch().count();
}

// Runs what asks the date library, and says what its exceptions mean.
template <class Work>
decltype(auto) reading_database(Work work) {
    try {
        return work();
    } catch (const std::runtime_error& error) {
        throw Failure(
            "timezone_database_unreadable",
            std::string("the time zone database cannot be read: ") + error.what(),
            "install the package tzdata again"
        );
    }
}

const date::tzdb& database() {
    return reading_database([]() -> const date::tzdb& { return date::get_tzdb(); });
}

// `localtime` is whatever this machine is set to: as the zone of a meter it would change its
// meaning from machine to machine.
bool is_public(std::string_view name) {
    return name != "localtime" && name != "posixrules";
}

tl::unexpected<Error> unknown(std::string_view name) {
    const std::vector<std::string> names = Zone::names();
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    std::string hint;
    for (const std::string_view near : nearest(name, candidates, 3)) {
        hint += hint.empty() ? "did you mean " : ", ";
        hint += near;
    }
    hint += hint.empty() ? "zones have names such as America/Chicago or Etc/UTC" : "?";
    return refuse(
        Exit::usage,
        "timezone_unknown",
        quoted(name) + " is not a zone of the time zone database",
        std::move(hint)
    );
}

}  // namespace

class ZoneLoader {
public:
    static std::unique_ptr<const Zone> load(const std::string& name, const ZoneFile& file) {
        ZoneLoader loader(name);
        loader.add_listed(file);
        loader.add_rule(file);
        loader.settle_standard();
        return std::move(loader.zone_);
    }

private:
    explicit ZoneLoader(const std::string& name)
        : zone_(new Zone(name)) {}

    // `standard` is settled at the end; until then it tells nothing.
    void add(std::int64_t at, std::int32_t offset, bool daylight) {
        auto& table = zone_->transitions_;
        if (!table.empty() && table.back().at == at) {
            table.pop_back();
            daylight_.pop_back();
        }
        table.push_back({at, offset, offset});
        daylight_.push_back(daylight);
    }

    // What holds when 1970 begins holds before it as well: no instant is earlier.
    void add_listed(const ZoneFile& file) {
        const auto end = unix_seconds(Instant(std::chrono::sys_days(end_year / 1 / 1)));
        add(beginning_of_time, file.first.offset, file.first.daylight);
        for (const auto& piece : file.pieces) {
            if (piece.at >= end)
                break;
            add(piece.at <= 0 ? beginning_of_time : piece.at, piece.offset, piece.daylight);
        }
    }

    void add_rule(const ZoneFile& file) {
        const std::optional<PosixRule> rule = PosixRule::parse(file.rule);
        if (!rule)
            return;
        const std::int64_t listed = std::max<std::int64_t>(0, zone_->transitions_.back().at);
        const auto day = std::chrono::floor<std::chrono::days>(instant(listed));
        for (auto year = std::chrono::year_month_day(day).year(); year < end_year; ++year) {
            for (const PosixRule::Change& change : rule->changes(year)) {
                const std::int64_t at = unix_seconds(change.at);
                if (at > listed)
                    add(at, change.offset, change.daylight);
            }
        }
    }

    // The database marks daylight saving but not by how much. The standard offset of such a time is
    // that of its neighbour which it is ahead of: the one before, else the one after. Where the
    // database has winter time as the deviation (Ireland), standard time is its summer time.
    void settle_standard() {
        auto& table = zone_->transitions_;
        for (std::size_t i = 0; i < table.size(); ++i) {
            if (!daylight_[i])
                continue;
            const std::optional<std::int32_t> before = standard_before(i);
            const std::optional<std::int32_t> after = standard_after(i);
            if (before && (*before < table[i].offset || !after || *after >= table[i].offset)) {
                table[i].standard = *before;
            } else if (after) {
                table[i].standard = *after;
            }
        }
    }
    [[nodiscard]] std::optional<std::int32_t> standard_before(std::size_t i) const {
        while (i-- > 0) {
            if (!daylight_[i])
                return zone_->transitions_[i].offset;
        }
        return std::nullopt;
    }
    [[nodiscard]] std::optional<std::int32_t> standard_after(std::size_t i) const {
        while (++i < daylight_.size()) {
            if (!daylight_[i])
                return zone_->transitions_[i].offset;
        }
        return std::nullopt;
    }

    std::unique_ptr<Zone> zone_;
    std::vector<bool> daylight_;
};

Result<const Zone*> Zone::find(std::string_view name) {
    using Cache = std::map<std::string, std::unique_ptr<const Zone>, std::less<>>;
    // Never destroyed: zones live until the process ends, and so may be used by what ends it.
    static std::shared_mutex& mutex = *new std::shared_mutex;
    static Cache& cache = *new Cache;
    {
        const std::shared_lock lock(mutex);
        if (const auto found = cache.find(name); found != cache.end())
            return found->second.get();
    }
    const std::string wanted(name);
    const auto file = is_zone_name(name) && is_public(name) ? read_zone_file(wanted) : std::nullopt;
    if (!file)
        return unknown(name);
    std::unique_ptr<const Zone> zone = ZoneLoader::load(wanted, *file);
    const std::unique_lock lock(mutex);
    // Another thread may have been first; then its zone is the one.
    return cache.try_emplace(wanted, std::move(zone)).first->second.get();
}

std::vector<std::string> Zone::names() {
    std::vector<std::string> names;
    for (const date::time_zone& zone : database().zones) {
        if (is_public(zone.name()))
            names.push_back(zone.name());
    }
    return names;
}

// The piece of the table that holds at an instant.
const Zone::Transition& Zone::at(std::int64_t seconds) const {
    const auto after = std::upper_bound(
        transitions_.begin() + 1,
        transitions_.end(),
        seconds,
        [](std::int64_t wanted, const Transition& piece) { return wanted < piece.at; }
    );
    return *(after - 1);
}

Instant Zone::day_start(LocalDay day) const {
    const std::int64_t midnight = std::int64_t{day_number(day)} * day_seconds;
    // Looking back from where the date has certainly come: the last piece in which the clock still
    // shows an earlier time than midnight ends that time, by reaching midnight or by jumping over.
    const Transition* piece = &at(midnight + widest_offset);
    std::int64_t end = end_of_time;
    while (midnight - piece->offset <= piece->at) {
        end = piece->at;
        --piece;
    }
    return instant(std::min(end, midnight - piece->offset));
}

LocalDay Zone::day_of(Instant instant) const {
    const std::int64_t seconds = unix_seconds(instant);
    const Transition* const last = &transitions_.back();
    const Transition* piece = &at(seconds);
    // A day has begun when its date has come for good: no later reading is of an earlier date.
    std::int64_t earliest = seconds + piece->offset;
    while (piece != last && (++piece)->at <= seconds + 2 * widest_offset) {
        earliest = std::min(earliest, piece->at + piece->offset);
    }
    return local_day(static_cast<std::int32_t>(floor_divide(earliest, day_seconds)));
}

LocalTime Zone::local(Instant instant) const {
    return LocalTime(instant.time_since_epoch() + std::chrono::seconds(offset(instant)));
}

std::int32_t Zone::offset(Instant instant) const {
    return at(unix_seconds(instant)).offset;
}

Zone::Readings Zone::readings(LocalTime time) const {
    const std::int64_t wanted = local_seconds(time);
    const Transition* const last = &transitions_.back();
    Readings readings;
    for (const Transition* piece = &at(wanted - widest_offset);; ++piece) {
        const std::int64_t seconds = wanted - piece->offset;
        const std::int64_t end = piece == last ? end_of_time : (piece + 1)->at;
        if (seconds >= piece->at && seconds < end) {
            (readings.count == 0 ? readings.first : readings.second) = instant(seconds);
            ++readings.count;
        }
        if (readings.count == 2 || end > wanted + widest_offset)
            return readings;
    }
}

Instant Zone::from_standard(LocalTime time) const {
    const std::int64_t wanted = local_seconds(time);
    const std::int64_t guess = wanted - at(wanted).standard;
    return instant(wanted - at(guess).standard);
}

}  // namespace usagectl
