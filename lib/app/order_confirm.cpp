// SPDX-License-Identifier: MIT
#include "app/order_confirm.hpp"

#include <algorithm>
#include <numeric>

#include "app/line_file.hpp"
#include "app/undo.hpp"
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

// A line on its way into a transaction.
struct Waiting {
    std::uint64_t line = 0;
    std::string text;
    Result<Confirmation> read;
    Result<OrderDecided> decided = {};
};

class Run {
public:
    Run(Store& store,
        const ConfirmOrders& request,
        const Prepay& prepay,
        const Actor& actor,
        const Clock& clock)
        : store_(store)
        , request_(request)
        , prepay_(prepay)
        , actor_(actor)
        , clock_(clock)
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
    void add(std::uint64_t line, std::string text, Result<Confirmation> read);
    void decide();
    void decide_within(Instant now);
    void tell(const Waiting& waiting);
    [[nodiscard]] bool ended() const { return headless_ || done_.interrupted; }

    Store& store_;
    const ConfirmOrders& request_;
    const Prepay& prepay_;
    const Actor& actor_;
    const Clock& clock_;
    CsvReader csv_;
    std::optional<ConfirmationColumns> columns_;
    bool headless_ = false;        // no header row: what follows cannot be read
    std::uint64_t json_line_ = 0;  // the last one given
    std::vector<Waiting> waiting_;
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
                    decide();
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
            add(json_line_, std::string(text), request_.read(text));
    }
}

void Run::take_record(const CsvRecord& record) {
    if (ended())
        return;
    auto text = csv_row(record.fields);
    text.pop_back();
    if (columns_) {
        add(record.line, std::move(text), columns_->row(record.fields));
    } else if (auto columns = ConfirmationColumns::read(record.fields)) {
        columns_ = *columns;
    } else {
        add(record.line, std::move(text), tl::unexpected(columns.error()));
        headless_ = true;
        decide();
    }
}

void Run::take_bad(std::uint64_t line, std::string_view reason, std::string_view text) {
    if (!ended())
        add(line, std::string(text), tl::unexpected(line_malformed(reason)));
}

void Run::add(std::uint64_t line, std::string text, Result<Confirmation> read) {
    waiting_.push_back({line, std::move(text), std::move(read)});
    if (waiting_.size() == confirm_chunk)
        decide();
}

void Run::decide_within(Instant now) {
    std::vector<std::size_t> order(waiting_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::erase_if(order, [&](std::size_t at) { return !waiting_[at].read; });
    std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
        return waiting_[left].read->account < waiting_[right].read->account;
    });
    for (const auto at : order) {
        auto& each = waiting_[at];
        each.decided = decide_order_within(store_, each.read->said, prepay_, actor_.name, now);
    }
}

void Run::decide() {
    if (waiting_.empty())
        return;
    const auto kept = attempt<int>(store_, request_.dry_run, [&]() -> Result<int> {
        const auto now = clock_.now();
        decide_within(now);
        const auto accepted =
            std::count_if(waiting_.begin(), waiting_.end(), [](const Waiting& each) {
                return each.read && each.decided && !each.decided->unchanged;
            });
        store_.audit().append(actor_.record(
            now,
            "confirmations of " + request_.path + ", lines " +
                std::to_string(waiting_.front().line) + " to " +
                std::to_string(waiting_.back().line) + ": " + std::to_string(accepted) +
                " accepted of " + std::to_string(waiting_.size())
        ));
        return 0;
    });
    static_cast<void>(kept);
    for (const auto& each : waiting_)
        tell(each);
    waiting_.clear();
    done_.interrupted = request_.interrupted && request_.interrupted();
}

void Run::tell(const Waiting& waiting) {
    ConfirmedLine line;
    line.line = waiting.line;
    line.text = waiting.text;
    ++done_.lines;
    if (waiting.read)
        line.order = waiting.read->said.order;
    if (!waiting.read || !waiting.decided) {
        ++done_.rejected;
        line.error = waiting.read ? waiting.decided.error() : waiting.read.error();
    } else {
        line.decided = *waiting.decided;
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
