// SPDX-License-Identifier: MIT
#include "app/order_confirm.hpp"

#include "app/line_chunks.hpp"
#include "app/line_file.hpp"
#include "base/csv.hpp"
#include "base/words.hpp"

namespace usagectl::app {

namespace {

constexpr Words<Confirmed::rejected> states{"accepted", "unchanged", "rejected"};

Error line_malformed(std::string_view what) {
    return {Exit::rejected, "line_malformed", std::string(what)};
}

bool blank(std::string_view line) {
    return line.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

using Chunks = LineChunks<Confirmation, OrderDecided>;

class Run {
public:
    Run(Store& store,
        const ConfirmOrders& request,
        const Prepay& prepay,
        const Actor& actor,
        const Clock& clock)
        : request_(request)
        , chunks_(
              store,
              actor,
              clock,
              {.of = "confirmations of " + request.path,
               .done_is = "accepted",
               .dry_run = request.dry_run,
               .decide =
                   [&](const Confirmation& said, Instant now) {
                       return decide_order_within(store, said.said, prepay, actor.name, now);
                   },
               .tell = [this](const Chunks::Line& line) { tell(line); }}
          )
        , csv_({
              [this](const CsvRecord& record) { take_record(record); },
              [this](std::uint64_t line, std::string_view reason, std::string_view text) {
                  take_bad(line, reason, text);
              },
          }) {}

    Result<void> read();
    [[nodiscard]] OrdersConfirmed done() const { return done_; }

private:
    void take_json(std::string_view piece);
    void take_record(const CsvRecord& record);
    void take_bad(std::uint64_t line, std::string_view reason, std::string_view text);
    void add(std::uint64_t line, std::string_view text, Result<Confirmation> read);
    void ask_interrupted() { done_.interrupted = request_.interrupted && request_.interrupted(); }
    void tell(const Chunks::Line& decided);
    [[nodiscard]] bool ended() const { return headless_ || done_.interrupted; }

    const ConfirmOrders& request_;
    Chunks chunks_;
    CsvReader csv_;
    std::optional<ConfirmationColumns> columns_;
    bool headless_ = false;        // no header row: what follows cannot be read
    std::uint64_t json_line_ = 0;  // the last one given
    OrdersConfirmed done_;
};

Result<void> Run::read() {
    const bool json = request_.read != nullptr;
    return read_line_file(
        request_.path,
        {
            .lines =
                [this, json](std::string_view piece) {
                    if (json)
                        take_json(piece);
                    else
                        csv_.take(piece);
                },
            .too_long =
                [this, json](std::string_view beginning) {
                    if (json)
                        take_bad(++json_line_, "the line is too long", beginning);
                    else
                        csv_.skip(beginning);
                },
            .end =
                [this] {
                    csv_.end();
                    if (chunks_.decide())
                        ask_interrupted();
                },
            .ended = [this] { return ended(); },
        }
    );
}

void Run::take_json(std::string_view piece) {
    while (!piece.empty()) {
        const auto end = piece.find('\n');
        const auto text = piece.substr(0, end);
        piece.remove_prefix(end == std::string_view::npos ? piece.size() : end + 1);
        ++json_line_;
        if (!ended() && !blank(text))
            add(json_line_, text, request_.read(text));
    }
}

void Run::take_record(const CsvRecord& record) {
    if (ended())
        return;
    auto text = csv_row(record.fields);
    text.pop_back();
    if (columns_) {
        add(record.line, text, columns_->row(record.fields));
    } else if (auto columns = ConfirmationColumns::read(record.fields)) {
        columns_ = *columns;
    } else {
        add(record.line, text, tl::unexpected(columns.error()));
        headless_ = true;
        chunks_.decide();
    }
}

void Run::take_bad(std::uint64_t line, std::string_view reason, std::string_view text) {
    if (!ended())
        add(line, text, tl::unexpected(line_malformed(reason)));
}

void Run::add(std::uint64_t line, std::string_view text, Result<Confirmation> read) {
    if (chunks_.add(line, text, std::move(read)))
        ask_interrupted();
}

void Run::tell(const Chunks::Line& decided) {
    ConfirmedLine line;
    line.line = decided.number;
    line.text = decided.text;
    ++done_.lines;
    if (decided.wish)
        line.order = decided.wish->said.order;
    if (decided.rejected()) {
        ++done_.rejected;
        line.error = decided.error();
    } else {
        line.decided = *decided.done;
        line.state = line.decided->unchanged ? Confirmed::unchanged : Confirmed::accepted;
        ++(line.decided->unchanged ? done_.unchanged : done_.accepted);
    }
    if (request_.line)
        request_.line(line);
}

}  // namespace

std::string_view to_string(Confirmed state) {
    return states.word(state);
}

Result<OrdersConfirmed> confirm_orders(
    Store& store,
    const ConfirmOrders& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
) {
    Run run(store, request, prepay, actor, clock);
    if (auto read = run.read(); !read)
        return tl::unexpected(read.error());
    return run.done();
}

}  // namespace usagectl::app
