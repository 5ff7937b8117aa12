// SPDX-License-Identifier: MIT
#include "app/payment_import.hpp"

#include "app/line_chunks.hpp"
#include "app/line_file.hpp"
#include "base/words.hpp"

namespace usagectl::app {

namespace {

constexpr Words<LineState::rejected> states{"posted", "unchanged", "rejected"};

bool blank(std::string_view line) {
    return line.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

using Chunks = LineChunks<PaymentAsked, PaymentPosted>;

class Import {
public:
    Import(
        Store& store,
        const ImportPayments& request,
        const Prepay& prepay,
        const Actor& actor,
        const Clock& clock
    )
        : request_(request)
        , chunks_(
              store,
              actor,
              clock,
              {.of = "payments of " + request.path,
               .done_is = "posted",
               .dry_run = request.dry_run,
               .decide = [&](const PaymentAsked& asked, Instant now
                         ) { return post_payment_within(store, asked, prepay, actor.name, now); },
               .tell = [this](const Chunks::Line& line) { tell(line); }}
          ) {}

    Result<void> read();
    [[nodiscard]] PaymentsImported done() const { return done_; }

private:
    void take(std::string_view piece);
    void take_line(std::string_view text);
    void add(std::string_view text, Result<PaymentAsked> asked);
    void ask_interrupted() { done_.interrupted = request_.interrupted && request_.interrupted(); }
    void tell(const Chunks::Line& decided);
    [[nodiscard]] bool ended() const { return headless_ || done_.interrupted; }

    const ImportPayments& request_;
    Chunks chunks_;
    std::optional<PaymentColumns> columns_;
    bool headless_ = false;  // no header row: what follows cannot be read
    std::uint64_t line_ = 0;
    PaymentsImported done_;
};

Result<void> Import::read() {
    return read_line_file(
        request_.path,
        {
            .lines = [this](std::string_view piece) { take(piece); },
            .too_long =
                [this](std::string_view beginning) {
                    ++line_;
                    add(beginning,
                        refuse(Exit::rejected, "line_malformed", "the line is longer than 16 KiB"));
                },
            .end =
                [this] {
                    if (chunks_.decide())
                        ask_interrupted();
                },
            .ended = [this] { return ended(); },
        }
    );
}

void Import::take(std::string_view piece) {
    while (!piece.empty() && !ended()) {
        const auto end = piece.find('\n');
        take_line(piece.substr(0, end));
        piece.remove_prefix(end == std::string_view::npos ? piece.size() : end + 1);
    }
}

void Import::take_line(std::string_view text) {
    ++line_;
    if (blank(text))
        return;
    if (request_.read) {
        add(text, request_.read(text));
    } else if (columns_) {
        add(text, columns_->row(text));
    } else if (auto columns = PaymentColumns::read(text)) {
        columns_ = *columns;
    } else {
        add(text, tl::unexpected(columns.error()));
        chunks_.decide();
        headless_ = true;
    }
}

void Import::add(std::string_view text, Result<PaymentAsked> asked) {
    if (chunks_.add(line_, text, std::move(asked)))
        ask_interrupted();
}

void Import::tell(const Chunks::Line& decided) {
    PaymentLine line;
    line.line = decided.number;
    line.text = decided.text;
    ++done_.lines;
    if (decided.wish)
        line.asked = *decided.wish;
    if (decided.rejected()) {
        ++done_.rejected;
        line.error = decided.error();
    } else {
        line.posted = *decided.done;
        line.state = line.posted->unchanged ? LineState::unchanged : LineState::posted;
        ++(line.posted->unchanged ? done_.unchanged : done_.posted);
        if (!line.posted->unchanged)
            done_.amount = done_.amount + line.posted->amount;
    }
    if (request_.line)
        request_.line(line);
}

}  // namespace

std::string_view to_string(LineState state) {
    return states.word(state);
}

Result<PaymentsImported> import_payments(
    Store& store,
    const ImportPayments& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
) {
    store.keep_more_at_hand();
    Import import(store, request, prepay, actor, clock);
    if (auto read = import.read(); !read)
        return tl::unexpected(read.error());
    return import.done();
}

}  // namespace usagectl::app
