// SPDX-License-Identifier: MIT
// Green Button / ESPI documents (NAESB REQ.21): an Atom feed, a bare entry or a bare IntervalBlock.
//
// Readings are parsed as they pass and wait, packed, until the entry around them has ended and the
// feed has said what they mean: a ReadingType may stand anywhere in it. What waits is bounded.
// Meters are named after the UsagePoint: the last part of its address, else its title. Several
// electricity MeterReadings of one UsagePoint and direction would overwrite each other, so the
// first in the file has the plain name and the others are <UsagePoint>/<MeterReading>.
#include <algorithm>
#include <list>
#include <map>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "meter/espi_feed.hpp"
#include "meter/line_text.hpp"
#include "meter/reader.hpp"

namespace usagectl::meter {

namespace {

constexpr std::size_t most_waiting = 16 << 20;  // bytes of blocks whose meaning is not known yet
constexpr std::size_t most_names = 32 << 20;    // bytes of addresses and names
constexpr std::size_t most_shown = max_record + 1;  // bytes of an entry; the last one only tells

struct Block {
    EspiEntry entry;
    std::uint64_t line = 0;
    std::string record;  // the beginning of the entry, for rejects
    std::vector<EspiReading> readings;

    // A reading without a time of its own follows the one before it.
    [[nodiscard]] std::optional<std::int64_t>
    start_of(const EspiReading& reading, std::int64_t seconds) const {
        if (reading.start != EspiReading::no_start)
            return reading.start;
        const auto& starts = std::get<EspiIntervalBlocks>(entry.resource).starts;
        const std::size_t at = reading.block;
        if (at < 1 || at > starts.size() || !starts[at - 1])
            return {};
        return *starts[at - 1] + reading.ordinal * seconds;
    }
    [[nodiscard]] std::size_t bytes() const {
        std::size_t sum = sizeof(Block) + record.size() + entry.self.size() + entry.up.size() +
                          entry.title.size() + readings.size() * sizeof(EspiReading);
        for (const std::string& address : entry.related)
            sum += sizeof address + address.size();
        const auto& starts = std::get<EspiIntervalBlocks>(entry.resource).starts;
        return sum + starts.size() * sizeof starts.front();
    }
};

// A reading that was kept without its text, written again for a reject.
std::string text_of(const EspiReading& reading) {
    const auto element = [](std::string_view name, std::int64_t number) {
        std::string text = "<" + std::string(name) + ">" + std::to_string(number);
        return text + "</" + std::string(name) + ">";
    };
    std::string text = "<IntervalReading><timePeriod>";
    if (reading.duration != 0)
        text += element("duration", reading.duration);
    if (reading.start != EspiReading::no_start)
        text += element("start", reading.start);
    return text + "</timePeriod>" + element("value", reading.value) + "</IntervalReading>";
}

// Neighbouring readings refused for the same reason make one reject.
class RejectRun {
public:
    explicit RejectRun(Assembler& assembler)
        : assembler_(assembler) {}
    void add(std::string_view reason, const EspiReading& reading) {
        if (pending_.intervals > 0 && pending_.reason != reason)
            flush();
        if (pending_.intervals++ > 0)
            return;
        pending_.reason = reason;
        pending_.line = reading.line;
        pending_.record = text_of(reading);
    }
    void flush() {
        if (pending_.intervals > 0)
            assembler_.reject(std::exchange(pending_, Reject{}));
    }

private:
    Assembler& assembler_;
    Reject pending_;
};

Error too_many_names() {
    return Error{
        Exit::rejected,
        "espi_too_many_resources",
        "the feed names more UsagePoints and MeterReadings than one feed may",
        "ask for several feeds",
    };
}

class EspiReader final : public Reader, private EspiParts {
public:
    EspiReader(const ReaderOptions& options, Assembler& assembler)
        : zone_is_explicit_(options.zone_is_explicit)
        , assembler_(assembler)
        , cutter_(*this) {}

    Result<void> read(std::string_view text, bool last) override;
    bool by_line() const override { return false; }
    // Pieces are cut anywhere, so no line is ever too long.
    void skip_line(std::string_view) override {}

private:
    void take_readings(std::string_view run, const std::vector<EspiPlace>& places) override;
    void take_entry(std::string_view shell, std::uint64_t line) override;
    void break_entry(std::string_view shell, std::uint64_t line, std::string_view why) override;

    Result<void> finish();
    void take_block(EspiEntry entry, std::string_view shell, std::uint64_t line);
    void release_waiting(bool at_end);
    [[nodiscard]] std::string refuse_block(const EspiOrigin& origin);
    void release(const Block& block, const EspiOrigin& origin);
    std::string_view put(const Block& block, const EspiOrigin& origin, const EspiReading& reading);
    [[nodiscard]] bool is_waiting_too_much();
    [[nodiscard]] bool claim(const std::string& name, const std::string& owner);
    [[nodiscard]] std::string series_name(const EspiOrigin& origin);
    bool open(const EspiOrigin& origin, std::int32_t minutes, std::int64_t revision);
    [[nodiscard]] const Zone* stated_zone(const EspiOrigin& origin) const;
    void
    reject(std::uint64_t line, std::string_view record, std::size_t intervals, std::string why);

    bool zone_is_explicit_;
    Assembler& assembler_;
    EspiCutter cutter_;
    EspiFeed feed_;
    std::uint64_t readings_seen_ = 0;
    std::optional<Error> refusal_;

    std::vector<EspiReading> current_;  // of the entry that is being cut
    std::list<Block> waiting_;
    std::size_t waiting_bytes_ = 0;

    std::map<std::string, std::string> owners_;  // of meter names: a UsagePoint or MeterReading
    std::size_t names_bytes_ = 0;
    Assembler::Series* series_ = nullptr;
    std::int32_t series_minutes_ = 0;
};

Result<void> EspiReader::read(std::string_view text, bool last) {
    cutter_.take(text);
    if (last)
        cutter_.finish();
    if (refusal_)
        return tl::unexpected(*refusal_);
    return last ? finish() : Result<void>();
}

Result<void> EspiReader::finish() {
    release_waiting(true);
    if (cutter_.root().empty())
        return ::usagectl::refuse(Exit::rejected, "malformed_xml", "the file holds no XML element");
    if (!cutter_.root_closed())
        reject(
            cutter_.line(), {}, 0, "the document is cut short: </" + cutter_.root() + "> is missing"
        );
    if (readings_seen_ == 0)
        return ::usagectl::refuse(
            Exit::rejected, "no_intervals", "the document holds no interval readings"
        );
    return {};
}

void EspiReader::take_readings(std::string_view run, const std::vector<EspiPlace>& places) {
    EspiRun parsed = parse_espi_readings(run, places);
    readings_seen_ += places.size();
    assembler_.count_records(places.size());
    assembler_.count_blanks(parsed.blanks);
    if (parsed.faulty > 1)
        parsed.fault += ", and " + std::to_string(parsed.faulty - 1) + " more near it";
    if (parsed.faulty > 0)
        reject(parsed.fault_line, parsed.fault_text, parsed.faulty, std::move(parsed.fault));
    current_.insert(current_.end(), parsed.readings.begin(), parsed.readings.end());
    if (!is_waiting_too_much() || refusal_)
        return;
    release_waiting(false);
    if (is_waiting_too_much())
        refusal_ = Error{
            Exit::rejected,
            "espi_out_of_order",
            "more than 16 MiB of readings come before their ReadingType or in one entry",
            "ask for a feed that names its ReadingTypes first, or for shorter blocks",
        };
}

bool EspiReader::is_waiting_too_much() {
    return waiting_bytes_ + current_.size() * sizeof(EspiReading) > most_waiting;
}

void EspiReader::take_entry(std::string_view shell, std::uint64_t line) {
    std::string why;
    auto entry = parse_espi_entry(shell, why);
    if (!entry) {
        break_entry(shell, line, why);
        return;
    }
    if (std::holds_alternative<EspiIntervalBlocks>(entry->resource)) {
        take_block(std::move(*entry), shell, line);
        return;
    }
    if (!current_.empty())
        break_entry(shell, line, "readings outside of an IntervalBlock");
    feed_.add(*entry);
    if (feed_.bytes() + names_bytes_ > most_names && !refusal_)
        refusal_ = too_many_names();
}

void EspiReader::break_entry(std::string_view shell, std::uint64_t line, std::string_view why) {
    reject(line, shell, std::exchange(current_, {}).size(), std::string(why));
}

void EspiReader::take_block(EspiEntry entry, std::string_view shell, std::uint64_t line) {
    Block block{std::move(entry), line, std::string(shell.substr(0, most_shown)), {}};
    block.readings = std::exchange(current_, {});
    const EspiOrigin origin = feed_.trace(block.entry, false);
    if (origin.settled) {
        release(block, origin);
        return;
    }
    if (block.readings.empty())
        return;
    waiting_bytes_ += block.bytes();
    waiting_.push_back(std::move(block));
}

// In file order. Before the end, only blocks whose ReadingType has come.
void EspiReader::release_waiting(bool at_end) {
    for (auto block = waiting_.begin(); block != waiting_.end();) {
        const EspiOrigin origin = feed_.trace(block->entry, at_end);
        if (!at_end && origin.verdict == nullptr) {
            ++block;
            continue;
        }
        release(*block, origin);
        waiting_bytes_ -= block->bytes();
        block = waiting_.erase(block);
    }
}

// Why none of the block's readings can be taken; empty when they can.
std::string EspiReader::refuse_block(const EspiOrigin& origin) {
    if (!origin.service_refusal.empty())
        return std::string(origin.service_refusal);
    if (origin.verdict == nullptr)
        return "no ReadingType says the unit";
    if (!origin.verdict->refusal.empty())
        return origin.verdict->refusal;
    if (origin.meter.empty())
        return "no UsagePoint names the meter";
    if (!claim(origin.meter, origin.point))
        return "another UsagePoint of this file is named " + quoted(origin.meter) + " as well";
    return {};
}

void EspiReader::release(const Block& block, const EspiOrigin& origin) {
    std::string refusal = refuse_block(origin);
    if (!refusal.empty()) {
        if (!block.readings.empty())
            reject(block.line, block.record, block.readings.size(), std::move(refusal));
        return;
    }
    series_ = nullptr;
    RejectRun rejects(assembler_);
    for (const EspiReading& reading : block.readings) {
        const std::string_view why = put(block, origin, reading);
        if (!why.empty())
            rejects.add(why, reading);
    }
    rejects.flush();
}

// Why the reading was not taken; empty when it was.
std::string_view
EspiReader::put(const Block& block, const EspiOrigin& origin, const EspiReading& reading) {
    const EspiVerdict& verdict = *origin.verdict;
    const std::int64_t seconds = reading.duration != 0 ? reading.duration : verdict.interval_length;
    if (seconds == 0)
        return "neither the reading nor its ReadingType says how long it lasts";
    if (seconds % 60 != 0 || !valid_interval_minutes(seconds / 60))
        return "the reading does not last 5, 10, 15, 30 or 60 minutes";
    const auto start = block.start_of(reading, seconds);
    if (!start)
        return "neither the reading nor its IntervalBlock says when it begins";
    if (verdict.net && reading.value < 0)
        return "net reading is negative";
    const auto energy = espi_energy(reading.value, verdict.multiplier);
    if (!energy)
        return reason(PutStatus::too_large);
    if (!open(origin, static_cast<std::int32_t>(seconds / 60), block.entry.updated))
        return "the UsagePoint and its MeterReading together name no meter of their own";
    const auto quality = static_cast<Quality>(reading.quality);
    const PutStatus status =
        assembler_.put(*series_, instant(*start), energy->wh, quality, reading.line);
    if (status != PutStatus::taken)
        return reason(status);
    if (energy->rounded)
        assembler_.count_rounded(1);
    return {};
}

// Nobody else of this file has the name.
bool EspiReader::claim(const std::string& name, const std::string& owner) {
    const auto [known, added] = owners_.try_emplace(name, owner);
    if (added)
        names_bytes_ += 128 + name.size() + owner.size();
    if (feed_.bytes() + names_bytes_ > most_names && !refusal_)
        refusal_ = too_many_names();
    return known->second == owner;
}

// Empty when the MeterReading has no name that is its own.
std::string EspiReader::series_name(const EspiOrigin& origin) {
    // A blank is in no meter name, so this is a name of its own kind.
    const std::string direction = " " + std::string(to_string(origin.verdict->channel));
    if (claim(origin.meter + direction, origin.reading))
        return origin.meter;
    const std::string last = origin.reading.substr(origin.reading.rfind('/') + 1);
    const std::string name = espi_meter_name(origin.meter + "/" + last);
    return !name.empty() && claim(name, origin.reading) ? name : std::string();
}

bool EspiReader::open(const EspiOrigin& origin, std::int32_t minutes, std::int64_t revision) {
    if (series_ != nullptr && series_minutes_ == minutes)
        return true;
    const std::string name = series_name(origin);
    if (name.empty())
        return false;
    series_minutes_ = minutes;
    const Zone* stated = stated_zone(origin);
    series_ = &assembler_.open(name, origin.verdict->channel, minutes, revision, stated);
    return true;
}

// ESPI times are UTC; the zone of its LocalTimeParameters decides the days of a meter that has
// none.
const Zone* EspiReader::stated_zone(const EspiOrigin& origin) const {
    if (zone_is_explicit_ || origin.zone.empty())
        return nullptr;
    return Zone::find(origin.zone).value_or(nullptr);
}

void EspiReader::reject(
    std::uint64_t line, std::string_view record, std::size_t intervals, std::string why
) {
    Reject reject;
    reject.line = line;
    reject.intervals = static_cast<std::uint32_t>(intervals);
    reject.reason = std::move(why);
    reject.record = record.substr(0, most_shown);
    assembler_.reject(std::move(reject));
}

}  // namespace

std::unique_ptr<Reader> make_espi_reader(const ReaderOptions& options, Assembler& assembler) {
    return std::make_unique<EspiReader>(options, assembler);
}

}  // namespace usagectl::meter
