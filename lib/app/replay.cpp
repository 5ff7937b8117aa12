// SPDX-License-Identifier: MIT
#include "app/replay.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace usagectl::app {

namespace {

constexpr std::size_t most_origins = 3;
constexpr std::string_view in_vain = "cannot be read again";

// What stays true of a record however often it comes back: why it was refused at first.
std::string first_reason(std::string_view reason) {
    const std::size_t at = reason.find(in_vain);
    const std::string_view first = reason.substr(0, at);
    return std::string(first.substr(0, first.find_last_not_of("; ") + 1));
}

std::string with_cure(const input::RejectedRecord& record, const std::string& why) {
    std::string text = first_reason(record.reason);
    if (!text.empty())
        text += "; ";
    text += std::string(in_vain) + " (" + why + "): correct ";
    text += record.file.empty() ? "the original file" : record.file;
    return text + " and take that";
}

// Gives rejects and blocks of a run the places they came from.
class Relocating final : public meter::BatchSink {
public:
    Relocating(const input::RejectRun& run, meter::BatchSink& sink)
        : run_(run)
        , sink_(sink) {}

    void take(meter::BlockBatch&& batch) override {
        for (auto& entry : batch.entries)
            entry.line = run_.place(entry.line).here;
        for (auto& reject : batch.rejects) {
            const auto place = run_.place(reject.line);
            reject.line = run_.file.empty() ? place.here : place.file_line;
            if (place.in_context)
                reject.column = 0;
            reject.file = run_.file;
            reject.format = run_.format;
        }
        sink_.take(std::move(batch));
    }

private:
    const input::RejectRun& run_;
    meter::BatchSink& sink_;
};

meter::Reject reject_of(input::RejectedRecord&& record, std::string reason) {
    meter::Reject reject;
    reject.line = record.file.empty() ? record.here : record.line;
    reject.column = record.column;
    reject.reason = std::move(reason);
    reject.record = std::move(record.record);
    reject.context = std::move(record.context);
    reject.cut = record.cut;
    reject.file = std::move(record.file);
    reject.format = std::move(record.format);
    return reject;
}

}  // namespace

Replay::Replay(
    meter::AssemblerOptions assembly, meter::ReaderOptions reading, meter::BatchSink& sink
)
    : assembly_(std::move(assembly))
    , reading_(std::move(reading))
    , sink_(sink) {
    reading_.part = true;
}

std::string Replay::refusal(const input::RejectedRecord& record) {
    if (record.cut)
        return "it is not whole";
    if (record.format == input::rejects_format)
        return "it is a line of a rejects file";
    const auto format = meter::parse_format(record.format);
    if (!format)
        return "its format " + quoted(record.format) + " is not known";
    if (*format == meter::Format::espi)
        return "it means nothing outside of its feed";
    return {};
}

void Replay::refuse(input::RejectedRecord record, std::string why) {
    ++assembly_.counted.records;
    const bool unread = record.file.empty() && record.format == input::rejects_format;
    std::string reason = unread ? std::move(why) : with_cure(record, why);
    reject(reject_of(std::move(record), std::move(reason)));
}

void Replay::reject(meter::Reject reject) {
    meter::BlockBatch batch;
    batch.rejects.push_back(std::move(reject));
    sink_.take(std::move(batch));
}

// Every run has an assembler of its own: the lines of its blocks mean nothing to the next one.
void Replay::take(const input::RejectRun& run) {
    constexpr std::size_t least_series = 16;
    note_origin(run.file);
    const auto format = *meter::parse_format(run.format);  // refusal() has seen to that
    auto assembly = assembly_;
    assembly.zone = &zone_of(format);
    assembly.open_series = std::clamp(run.size(), least_series, assembly_.open_series);
    auto reading = reading_;
    reading.zone = assembly.zone;

    Relocating sink(run, sink_);
    meter::Assembler assembler(std::move(assembly), sink);
    const auto reader = meter::make_reader(format, reading, assembler);
    const auto read = reader->read(run.text, true);
    assembler.finish();
    assembly_.counted = assembler.tally();
    if (read)
        return;
    for (std::size_t i = 0; i < run.size(); ++i) {
        ++assembly_.counted.records;
        reject(reject_of(run.record(i), read.error().message));
    }
}

const Zone& Replay::zone_of(meter::Format format) const {
    const auto own = reading_.zone_is_explicit ? std::nullopt : meter::format_zone(format);
    if (!own)
        return *reading_.zone;
    const auto found = Zone::find(*own);
    if (!found)
        throw Failure(found.error());
    return **found;
}

void Replay::note_origin(const std::string& file) {
    const bool known = std::find(origins_.begin(), origins_.end(), file) != origins_.end();
    if (file.empty() || known)
        return;
    if (origins_.size() < most_origins)
        origins_.push_back(file);
    else
        more_origins_ = true;
}

std::string Replay::origins() const {
    std::string text;
    for (const auto& file : origins_)
        text += (text.empty() ? "" : ", ") + file;
    return more_origins_ ? text + " and others" : text;
}

}  // namespace usagectl::app
