// SPDX-License-Identifier: MIT
#include "app/card_generate.hpp"

#include <algorithm>

#include "app/share_out.hpp"
#include "app/undo.hpp"
#include "card/print_line.hpp"

namespace usagectl::app {

namespace {

using card::Batch;
using card::PinMark;
using card::Serial;

// Marks for the PINs in `pins`, one for each serial number from `first` on, by all threads.
std::vector<PinMark> marks_of(
    const card::PinVault& vault,
    const Batch& batch,
    std::int64_t first,
    const std::vector<std::string_view>& pins,
    unsigned threads
) {
    std::vector<PinMark> marks(pins.size());
    share_out(pins.size(), threads, [&](std::size_t at) {
        const auto serial = Serial::of(first + static_cast<std::int64_t>(at));
        marks[at] = vault.mark(serial, pins[at], batch.key, batch.cost);
    });
    return marks;
}

class Generation {
public:
    Generation(
        Store& store,
        const GenerateCards& request,
        const CardRules& rules,
        const card::PinVault& vault,
        PrintSink& sink,
        SecretText& text,
        const Actor& actor,
        const Clock& clock
    )
        : store_(store)
        , request_(request)
        , rules_(rules)
        , vault_(vault)
        , sink_(sink)
        , text_(text)
        , actor_(actor)
        , clock_(clock) {}

    Result<CardsGenerated> run() {
        const auto seen = store_.cards().batch(request_.batch);
        if (seen) {
            if (auto same = check_same(*seen); !same)
                return tl::unexpected(same.error());
        }
        // A batch that is in the store has a file that was made for it. The file comes first, so
        // that no file of somebody else's is ever taken for it.
        if (!request_.dry_run) {
            const auto open = seen ? sink_.reopen() : sink_.begin();
            if (!open)
                return tl::unexpected(open.error());
        }
        CardsGenerated made;
        auto found =
            attempt<Batch>(store_, request_.dry_run, [&] { return find_or_begin(made.resumed); });
        if (!found)
            return tl::unexpected(found.error());
        made.batch = std::move(*found);
        if (request_.dry_run)
            return made;
        if (made.resumed) {
            if (const auto cut = sink_.cut(made.batch.print_bytes); !cut)
                return tl::unexpected(cut.error());
        }
        auto& batch = made.batch;
        while (!batch.finished()) {
            if (request_.interrupted && request_.interrupted()) {
                made.interrupted = true;
                return made;
            }
            if (auto done = make_piece(batch, made.resumed); !done)
                return tl::unexpected(done.error());
            if (request_.progress)
                request_.progress(batch.made);
        }
        return made;
    }

private:
    // As it is once nobody else writes its file any more, and once a server has ended what one who
    // was killed asked for last: PINs that are in the store must not be cut off the file.
    Result<Batch> find_or_begin(bool& known) {
        store_.cards().lock_stock();
        auto batch = store_.cards().batch(request_.batch);
        known = batch.has_value();
        if (!known)
            return begin();
        if (auto same = check_same(*batch); !same)
            return tl::unexpected(same.error());
        return std::move(*batch);
    }

    Result<Batch> begin() {
        if (auto face = face_of(request_.count, request_.value); !face)
            return tl::unexpected(face.error());
        Batch batch;
        batch.name = request_.batch;
        batch.value = request_.value;
        batch.expires = request_.expires;
        batch.wanted = request_.count;
        batch.first = store_.cards().next_number();
        batch.pin_digits = rules_.pin_digits;
        batch.key = vault_.key();
        batch.cost = rules_.cost;
        batch.print_file = request_.print_file;
        batch.created_at = clock_.now();
        if (batch.first + batch.wanted - 1 > Serial::last_number) {
            return refuse(
                Exit::refused,
                "serials_spent",
                "there are not that many serial numbers left: the next is " +
                    std::to_string(batch.first)
            );
        }
        batch.number = store_.cards().add_batch(batch);
        CardEvent event;
        event.batch = batch.number;
        event.at = batch.created_at;
        event.actor = actor_.name;
        event.step = card::Step::generate;
        event.became = to_string(batch.state);
        store_.cards().append(event);
        store_.audit().append(actor_.record(
            batch.created_at,
            "batch " + batch.name + " of " + std::to_string(batch.wanted) + " cards of " +
                format_money(batch.value) + " begun, serial numbers from " +
                Serial::of(batch.first).text() + " on"
        ));
        return batch;
    }

    static Error exists(const Batch& batch) {
        return {
            Exit::refused,
            "batch_exists",
            "there is a batch " + batch.name + " already, of " + std::to_string(batch.wanted) +
                " cards of " + format_money(batch.value) + ", " + std::to_string(batch.made) +
                " of them made",
            batch.finished()
                ? "PINs are written once: take another name for another batch"
                : "asked for with the same words and the same print file, it is gone on with"};
    }

    // Asked for again, after it was stopped.
    [[nodiscard]] Result<void> check_same(const Batch& batch) const {
        const bool same = batch.wanted == request_.count && batch.value == request_.value &&
                          batch.expires == request_.expires &&
                          batch.print_file == request_.print_file;
        if (same && !batch.finished())
            return {};
        return tl::unexpected(exists(batch));
    }

    void write_line(const Batch& batch, const Serial& serial, std::vector<std::size_t>& pins) {
        text_.append(serial.text());
        text_.append(",");
        pins.push_back(text_.view().size());
        text_.append_random_digits(static_cast<std::size_t>(batch.pin_digits));
        text_.append("," + format_money(batch.value) + "," + rules_.currency + ",");
        text_.append((batch.expires ? format_day(*batch.expires) : "") + "," + batch.name + "\n");
    }

    Result<void> make_piece(Batch& batch, bool resumed) {
        const auto count = std::min(piece_cards, batch.wanted - batch.made);
        const auto first = batch.first + batch.made;
        text_.clear();
        if (batch.print_bytes == 0)
            text_.append(card::print_header);
        std::vector<std::size_t> at;
        for (std::int64_t card = 0; card < count; ++card)
            write_line(batch, Serial::of(first + card), at);
        std::vector<std::string_view> pins;
        for (const auto place : at)
            pins.push_back(text_.view().substr(place, static_cast<std::size_t>(batch.pin_digits)));
        const auto marks = marks_of(vault_, batch, first, pins, request_.threads);
        const auto bytes = sink_.write(text_.view());
        text_.clear();
        Batch next = batch;
        next.made += count;
        next.cards += count;
        next.print_bytes = bytes;
        auto kept = attempt<Batch>(store_, false, [&] {
            auto there = keep(batch, next, marks);
            if (there && next.finished() && request_.finished)
                request_.finished({next, resumed, false});
            return there;
        });
        if (!kept)
            return tl::unexpected(kept.error());
        batch = std::move(*kept);
        return {};
    }

    // The cards of a piece, with how far the batch is then.
    Result<Batch> keep(const Batch& before, const Batch& next, const std::vector<PinMark>& marks) {
        store_.cards().lock_stock();
        if (const auto now = store_.cards().batch(before.number); !now || *now != before) {
            return refuse(
                Exit::refused,
                "batch_exists",
                "another process goes on with batch " + before.name,
                "let one of them do it"
            );
        }
        store_.cards().add_cards(before.number, before.first + before.made, marks);
        store_.cards().save(next);
        if (next.finished()) {
            store_.audit().append(actor_.record(
                clock_.now(),
                "batch " + next.name + ": all " + std::to_string(next.made) + " cards made"
            ));
        }
        return next;
    }

    Store& store_;
    const GenerateCards& request_;
    const CardRules& rules_;
    const card::PinVault& vault_;
    PrintSink& sink_;
    SecretText& text_;
    const Actor& actor_;
    const Clock& clock_;
};

}  // namespace

Result<CardsGenerated> generate_cards(
    Store& store,
    const GenerateCards& request,
    const CardRules& rules,
    const card::PinVault& vault,
    PrintSink& sink,
    SecretText& text,
    const Actor& actor,
    const Clock& clock
) {
    return Generation(store, request, rules, vault, sink, text, actor, clock).run();
}

}  // namespace usagectl::app
