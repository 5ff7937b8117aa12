// SPDX-License-Identifier: MIT
#include "app/legacy_import.hpp"

#include "app/legacy_csv.hpp"
#include "app/undo.hpp"
#include "base/text.hpp"
#include "base/words.hpp"
#include "input/input.hpp"

namespace usagectl::app {

namespace {

constexpr Words<ImportedAs::rejected> statuses{"new", "changed", "unchanged", "rejected"};

class Import {
public:
    Import(Store& store, const ImportLegacy& request, Instant now)
        : store_(store)
        , request_(request)
        , now_(now) {
        made_.extract.path = request.shown.empty() ? request.path : request.shown;
        made_.extract.at = now;
    }

    Result<LegacyImported> run(const Actor& actor) {
        made_.extract.actor = actor.name;
        made_.extract.number = store_.legacy().next_extract();
        // Known content is recognised before a line of it is looked at.
        const auto content = input::hash_file(request_.path);
        if (!content)
            return tl::unexpected(content.error());
        if (const auto before = store_.legacy().extract(*content)) {
            made_ = {*before, true};
            store_.audit().append(actor.record(
                now_, "extract " + std::to_string(before->number) + " was there already"
            ));
            return std::move(made_);
        }
        const auto hash = read_legacy_file(
            request_.path,
            legacy::extract_layout(),
            {
                [this](const legacy::Header& header, const CsvRecord& record) {
                    take(header, record);
                },
                [this](std::uint64_t line, const Error& error) { reject(line, {}, error); },
            }
        );
        if (!hash)
            return tl::unexpected(hash.error());
        if (*hash != *content) {
            return refuse(
                Exit::rejected, "source_changed", made_.extract.path + " changed while it was read"
            );
        }
        auto& extract = made_.extract;
        if (request_.strict && extract.rejected != 0) {
            return refuse(
                Exit::rejected,
                "extract_rejected",
                std::to_string(extract.rejected) + " of " + std::to_string(extract.lines) +
                    " lines cannot be taken, the first is " + first_,
                "mend the file, or take the rest without --strict"
            );
        }
        extract.sha256 = *hash;
        store_.legacy().append(extract);
        store_.audit().append(actor.record(extract.at, outcome()));
        return std::move(made_);
    }

private:
    void take(const legacy::Header& header, const CsvRecord& record) {
        auto facts = legacy::read_facts(header, record);
        if (!facts) {
            const auto place = header.place("account");
            const bool told = place && *place < record.fields.size();
            reject(record.line, told ? record.fields[*place] : "", facts.error());
            return;
        }
        auto& extract = made_.extract;
        ++extract.lines;
        const auto before = store_.legacy().find(facts->account);
        ImportedLine line{record.line, facts->account, ImportedAs::added};
        if (before && legacy::same(before->facts, *facts)) {
            line.status = ImportedAs::unchanged;
            ++extract.unchanged;
        } else {
            line.status = before ? ImportedAs::changed : ImportedAs::added;
            ++(before ? extract.changed : extract.added);
            store_.legacy().save({std::move(*facts), extract.number, extract.at});
        }
        if (request_.line)
            request_.line(line);
    }

    void reject(std::uint64_t line, std::string account, const Error& error) {
        auto& extract = made_.extract;
        ++extract.lines;
        if (++extract.rejected == 1)
            first_ = "line " + std::to_string(line) + ": " + error.message;
        if (request_.line)
            request_.line({line, std::move(account), ImportedAs::rejected, error});
    }

    [[nodiscard]] std::string outcome() const {
        const auto& extract = made_.extract;
        return "extract " + std::to_string(extract.number) + ": " + std::to_string(extract.added) +
               " new, " + std::to_string(extract.changed) + " changed, " +
               std::to_string(extract.unchanged) + " unchanged, " +
               std::to_string(extract.rejected) + " rejected";
    }

    Store& store_;
    const ImportLegacy& request_;
    Instant now_;
    LegacyImported made_;
    std::string first_;
};

}  // namespace

std::string_view to_string(ImportedAs status) {
    return statuses.word(status);
}

Result<LegacyImported>
import_legacy(Store& store, const ImportLegacy& request, const Actor& actor, const Clock& clock) {
    return attempt<LegacyImported>(store, request.dry_run, [&] {
        auto made = Import(store, request, clock.now()).run(actor);
        if (made && request.dry_run && !made->duplicate)
            made->extract.number = 0;
        if (made && request.imported)
            request.imported(*made);
        return made;
    });
}

Result<LegacyAccount> look_up_legacy(Store& store, std::string_view account) {
    auto known = store.legacy().find(account);
    if (known)
        return std::move(*known);
    return refuse(
        Exit::not_found,
        "legacy_account_unknown",
        "no extract of the legacy system names account " + quoted(account),
        "usagectl legacy import takes a newer one"
    );
}

}  // namespace usagectl::app
