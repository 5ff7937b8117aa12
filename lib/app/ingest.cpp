// SPDX-License-Identifier: MIT
#include "app/ingest.hpp"

#include "app/parse_thread.hpp"
#include "base/assert.hpp"
#include "base/words.hpp"
#include "input/rejects.hpp"
#include "meter/codec.hpp"
#include "meter/recut.hpp"

namespace usagectl::app {

namespace {

constexpr Words<FileStatus::rejected> statuses{"loaded", "duplicate", "partial", "rejected"};

// Thrown to leave a write transaction without keeping it, on purpose.
struct Undo {};

std::string figure(std::uint64_t count, std::string_view noun) {
    return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

// Nothing of the file is kept: every interval it held counts as rejected.
void reject_whole(FileReport& report) {
    report.status = FileStatus::rejected;
    report.counts = {};
    report.counts.rejected = report.tally.intervals;
    report.tally.rejected = report.tally.intervals;
    report.tally.total_wh = 0;
    report.tally.first.reset();
    report.tally.last.reset();
}

class BatchCollector final : public meter::BatchSink {
public:
    void take(meter::BlockBatch&& batch) override { batches.push_back(std::move(batch)); }
    std::vector<meter::BlockBatch> batches;
};

class FileIngest {
public:
    FileIngest(
        Store& store,
        const IngestRequest& request,
        const Actor& actor,
        const Clock& clock,
        const IngestObserver& observer,
        std::string path,
        std::string shown
    )
        : store_(store)
        , request_(request)
        , actor_(actor)
        , clock_(clock)
        , observer_(observer)
        , path_(std::move(path)) {
        report_.path = std::move(shown);
    }

    FileReport run() {
        auto opened = path_ == "-"
                          ? input::open_descriptor(request_.standard_input, request_.expansion)
                          : input::open_file(path_, request_.expansion);
        if (!opened)
            return refused(std::move(opened.error()));
        input_ = std::move(*opened);
        if (already_taken())
            return std::move(report_);
        auto head = read_head(*input_);
        if (!head)
            return refused(std::move(head.error()));
        if (auto told = tell_format(head->bytes); !told)
            return refused(std::move(told.error()));
        try {
            store_.write([&] { take(std::move(*head)); });
        } catch (const Undo&) {
            // The report says why nothing was kept.
        }
        return std::move(report_);
    }

private:
    FileReport refused(Error error) {
        reject_whole(report_);
        report_.error = std::move(error);
        if (input_ != nullptr) {
            if (auto hash = input_->sha256())
                report_.sha256 = std::move(*hash);
        }
        return std::move(report_);
    }

    // Rejects name their records' formats themselves; of a file it is asked for, or seen.
    Result<void> tell_format(std::string_view head) {
        if (input::is_rejects_file(head)) {
            report_.format = input::rejects_format;
            return {};
        }
        auto format =
            request_.format ? Result<meter::Format>(*request_.format) : meter::detect_format(head);
        if (!format)
            return tl::unexpected(std::move(format.error()));
        format_ = *format;
        report_.format = to_string(*format);
        return {};
    }

    // Hashing a file before parsing it costs a second pass, so it is done only when some file of
    // exactly this size has been taken before.
    bool already_taken() {
        const auto size = input_->size();
        if (path_ == "-" || !size || !store_.blocks().size_known(*size))
            return false;
        const auto hash = input::hash_file(path_);
        return hash && is_duplicate(*hash);
    }

    bool is_duplicate(const std::string& sha256) {
        const auto known = store_.blocks().find_file(sha256, request_.layer);
        if (!known)
            return false;
        report_.sha256 = sha256;
        report_.status = FileStatus::duplicate;
        report_.format = known->format;
        report_.tally = known->tally;
        report_.counts = {};
        report_.counts.meters = known->counts.meters;
        report_.counts.rejected = known->counts.rejected;
        report_.counts.unchanged = known->tally.intervals - known->counts.rejected;
        return true;
    }

    // The whole of a file, inside its write transaction.
    void take(Head head) {
        store_.lock_ingest();
        meter::Source source;
        source.kind = "file";
        source.path = report_.path;
        source.layer = request_.layer;
        source.known_at = clock_.now();
        source.number = store_.blocks().open_source(source);
        store_blocks(source, std::move(head));
        store_.write_ahead();  // the hash may take a little longer

        auto hash = input_->sha256();
        if (!hash)
            undo(std::move(hash.error()));
        if (is_duplicate(*hash))
            throw Undo{};
        report_.sha256 = std::move(*hash);
        if (report_.error)
            undo(std::move(*report_.error));
        settle();
        source.sha256 = report_.sha256;
        if (!origins_.empty())
            source.path += " (from " + origins_ + ")";
        source.format = report_.format;
        source.status = to_string(report_.status);
        source.size = input_->size().value_or(input_->consumed());
        source.tally = report_.tally;
        source.counts = report_.counts;
        store_.blocks().close_source(source);
        store_.audit().append(actor_.record(source.known_at, outcome()));
        if (observer_.keep)
            observer_.keep(report_);
        if (request_.dry_run)
            throw Undo{};
    }

    void store_blocks(const meter::Source& source, Head head) {
        const auto parse = parse_request(source.known_at);
        zone_ = parse.zone;
        ParseThread parser(*input_, std::move(head), parse);
        while (auto batch = parser.next()) {
            if (observer_.interrupted && observer_.interrupted())
                throw Interrupted{};
            for (auto& line : batch->rejects)
                hear(std::move(line));
            store_batch(source, *batch);
            if (observer_.progress)
                observer_.progress(input_->consumed(), input_->size());
        }
        auto parsed = parser.finish();
        report_.tally = parsed.tally;
        report_.tally.total_wh -= unfiled_wh_;
        report_.tally.rejected += report_.counts.rejected;
        report_.counts.rejected = report_.tally.rejected;
        report_.error = std::move(parsed.error);
        origins_ = std::move(parsed.origins);
    }

    void store_batch(const meter::Source& source, const meter::BlockBatch& batch) {
        // A block the store cannot file was read soundly: it leaves the control total.
        const auto unfiled = [this](meter::Reject line) {
            unfiled_wh_ += line.wh;
            hear(std::move(line));
        };
        const auto foreign = blocks_in_foreign_zone(batch);
        if (foreign.empty()) {
            store_.blocks().put(source, batch, report_.counts, unfiled);
            return;
        }
        for (const auto& part : rezone(batch, foreign)) {
            store_.blocks().put(source, part, report_.counts, unfiled);
        }
        for (auto& line : refused_) {
            report_.counts.rejected += line.intervals;
            unfiled(std::move(line));
        }
        refused_.clear();
    }

    // Blocks cut by a zone the file stated, of meters the store already knows in another zone. The
    // parsing thread cannot ask the store; such blocks are rare enough to be cut again here.
    std::vector<std::pair<std::size_t, const Zone*>>
    blocks_in_foreign_zone(const meter::BlockBatch& batch) {
        std::vector<std::pair<std::size_t, const Zone*>> foreign;
        for (std::size_t i = 0; i < batch.entries.size(); ++i) {
            const auto& entry = batch.entries[i];
            if (entry.zone == zone_)
                continue;
            const auto meter = store_.meters().find(batch.name(entry));
            if (!meter || meter->timezone == entry.zone->name())
                continue;
            foreign.emplace_back(i, find_zone(meter->timezone));
        }
        return foreign;
    }

    std::vector<meter::BlockBatch> rezone(
        const meter::BlockBatch& batch,
        const std::vector<std::pair<std::size_t, const Zone*>>& foreign
    ) {
        meter::BlockBatch rest;
        rest.arena = batch.arena;
        BatchCollector again;
        auto next = foreign.begin();
        for (std::size_t i = 0; i < batch.entries.size(); ++i) {
            if (next == foreign.end() || next->first != i) {
                rest.entries.push_back(batch.entries[i]);
                continue;
            }
            recut(batch, batch.entries[i], *next->second, again);
            ++next;
        }
        again.batches.push_back(std::move(rest));
        return std::move(again.batches);
    }

    void recut(
        const meter::BlockBatch& batch,
        const meter::BlockBatch::Entry& entry,
        const Zone& zone,
        meter::BatchSink& sink
    ) {
        meter::AssemblerOptions options;
        options.zone = &zone;
        options.latest_end = Instant::max();
        meter::Assembler assembler(std::move(options), sink);
        meter::DayBlock block;
        USAGECTL_ASSERT(meter::decode(batch.bytes(entry), entry.day, block).empty());
        const auto status = meter::put_block(
            assembler, batch.name(entry), entry.channel, block, entry.revision, entry.line
        );
        assembler.finish();
        if (status == meter::PutStatus::taken)
            return;
        // Counted as read already; what could not be filed leaves the totals.
        meter::Reject reject;
        reject.line = entry.line;
        reject.reason = std::string(meter::reason(status));
        reject.intervals = static_cast<std::uint32_t>(
            block.present() - static_cast<std::int32_t>(assembler.tally().intervals)
        );
        reject.wh = block.total_wh() - assembler.tally().total_wh;
        refused_.push_back(std::move(reject));
    }

    [[nodiscard]] ParseRequest parse_request(Instant now) {
        ParseRequest parse;
        parse.format = format_;
        parse.layer = request_.layer;
        parse.zone = request_.zone;
        parse.zone_is_explicit = request_.zone_is_explicit;
        if (format_ && !request_.zone_is_explicit) {
            if (const auto own = meter::format_zone(*format_))
                parse.zone = find_zone(*own);
        }
        parse.latest_end = now + request_.future;
        store_.meters().each_zoned_otherwise(
            parse.zone->name(),
            [&](std::string_view id, std::string_view name) {
                parse.zones.emplace(id, find_zone(name));
            }
        );
        return parse;
    }

    static const Zone* find_zone(std::string_view name) {
        auto found = Zone::find(name);
        if (!found)
            throw Failure(std::move(found.error()));
        return *found;
    }

    void hear(meter::Reject line) {
        ++rejects_;
        if (line.format.empty())
            line.format = report_.format;
        if (observer_.reject)
            observer_.reject(line.file.empty() ? report_.path : line.file, line);
    }

    // Decides the status and checks the conservation law before anything is committed.
    void settle() {
        const auto& counts = report_.counts;
        USAGECTL_ASSERT(
            report_.tally.intervals ==
            counts.stored + counts.unchanged + counts.superseded + counts.rejected
        );
        const bool nothing_left = counts.rejected == report_.tally.intervals;
        if (rejects_ > 0 && (request_.strict || nothing_left)) {
            reject_whole(report_);
            throw Undo{};
        }
        report_.status = rejects_ > 0 ? FileStatus::partial : FileStatus::loaded;
    }

    [[noreturn]] void undo(Error error) {
        reject_whole(report_);
        report_.error = std::move(error);
        throw Undo{};
    }

    [[nodiscard]] std::string outcome() const {
        return std::string(to_string(report_.status)) + ": " +
               figure(report_.counts.stored, "interval") + " stored, " +
               figure(report_.counts.rejected, "interval") + " rejected, sha256 " + report_.sha256;
    }

    Store& store_;
    const IngestRequest& request_;
    const Actor& actor_;
    const Clock& clock_;
    const IngestObserver& observer_;
    std::string path_;
    std::unique_ptr<input::Input> input_;
    std::optional<meter::Format> format_;  // none: rejects
    const Zone* zone_ = nullptr;
    FileReport report_;
    std::string origins_;  // of rejects
    std::vector<meter::Reject> refused_;
    std::int64_t unfiled_wh_ = 0;
    std::uint64_t rejects_ = 0;
};

}  // namespace

std::string_view to_string(FileStatus status) {
    return statuses.word(status);
}

FileReport ingest_file(
    Store& store,
    const IngestRequest& request,
    const Actor& actor,
    const Clock& clock,
    const IngestObserver& observer,
    const std::string& path,
    const std::string& shown
) {
    return FileIngest(store, request, actor, clock, observer, path, shown).run();
}

std::vector<FileReport> ingest(
    Store& store,
    const IngestRequest& request,
    const Actor& actor,
    const Clock& clock,
    const IngestObserver& observer
) {
    std::vector<FileReport> reports;
    const auto finish = [&](FileReport report) {
        if (observer.file)
            observer.file(report);
        reports.push_back(std::move(report));
    };
    for (const auto& source : request.sources) {
        auto files = source == "-" ? Result<std::vector<input::Found>>({{source, 0}})
                                   : input::list_sources(source);
        if (!files) {
            FileReport report;
            report.path = source;
            report.error = std::move(files.error());
            finish(std::move(report));
            continue;
        }
        for (const auto& file : *files) {
            if (observer.interrupted && observer.interrupted())
                throw Interrupted{};
            finish(ingest_file(store, request, actor, clock, observer, file.path, file.path));
        }
    }
    return reports;
}

}  // namespace usagectl::app
