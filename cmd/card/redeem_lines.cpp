// SPDX-License-Identifier: MIT
#include "card/redeem_lines.hpp"

#include <unistd.h>

#include <algorithm>
#include <ostream>
#include <thread>

#include "account/words.hpp"
#include "app/keys.hpp"
#include "card/secret_lines.hpp"
#include "cli/keyed.hpp"
#include "cli/text.hpp"
#include "payment/payment_json.hpp"

namespace usagectl {

namespace {

// Of one transaction at most: more would keep other writers waiting.
constexpr std::size_t most_lines = 1000;
constexpr std::size_t longest_key = 200;

Error malformed(std::string what) {
    return {
        Exit::rejected,
        "line_malformed",
        std::move(what),
        R"(one JSON object a line: {"serial":"...","account":"...","pin":"..."})"};
}

cli::Json error_json(std::uint64_t line, const Error& error) {
    cli::Json body{
        {"code", error.code},
        {"message", error.message},
        {"hint", error.hint.empty() ? cli::Json(nullptr) : cli::Json(error.hint)},
        {"retryable", error.retryable},
        {"exit", static_cast<int>(error.exit)}};
    return {{"line", line}, {"error", std::move(body)}};
}

// One line on its way to its answer.
struct Wish {
    std::uint64_t line = 0;
    std::optional<std::string> key;
    std::string body;  // with a key
    cli::Json answer;
};

class RedeemLines {
public:
    RedeemLines(const std::string& input, card::Channel channel, cli::Context& context)
        : context_(context)
        , counter_(context, channel)
        , command_(cli::join(context.spec.path, " "))
        , source_(context.must(open_secret_input(input)))
        , lines_(source_.number() < 0 ? STDIN_FILENO : source_.number(), context.interrupted) {}

    Exit run() {
        for (auto lines = lines_.next(most()); !lines.empty(); lines = lines_.next(most())) {
            take(lines);
            if (context_.interrupted())
                break;
        }
        const auto word = context_.globals.dry_run ? " would be redeemed, " : " redeemed, ";
        context_.note(
            std::to_string(taken_ + refused_) + " lines: " + std::to_string(taken_) + word +
            std::to_string(refused_) + " not taken"
        );
        if (context_.interrupted())
            return Exit::interrupted;
        return refused_ == 0 ? Exit::done : Exit::rejected;
    }

private:
    // A trial run takes back what a line did before it looks at the next.
    [[nodiscard]] std::size_t most() const { return context_.globals.dry_run ? 1 : most_lines; }

    void take(const std::vector<SecretLines::Line>& lines);
    void read(const SecretLines::Line& line);
    [[nodiscard]] Result<app::CardAttempt> read_attempt(const SecretLines::Line& line, Wish& wish);
    void decide();
    [[nodiscard]] bool answered(std::size_t at);
    void keep(std::size_t at, const app::CardOutcome& outcome);
    void answer(std::size_t at, const app::CardOutcome& outcome);
    void refuse_line(Wish& wish, const Error& error) { wish.answer = error_json(wish.line, error); }

    cli::Context& context_;
    CardCounter counter_;
    std::string command_;
    Descriptor source_;
    SecretLines lines_;
    std::vector<Wish> wishes_;
    std::vector<app::CardAttempt> attempts_;
    std::vector<std::size_t> wish_of_;  // of each attempt
    bool public_refusal_ = false;       // among these lines
    std::uint64_t taken_ = 0;
    std::uint64_t refused_ = 0;
};

bool blank(std::string_view text) {
    return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

void RedeemLines::take(const std::vector<SecretLines::Line>& lines) {
    wishes_.clear();
    attempts_.clear();
    wish_of_.clear();
    public_refusal_ = false;
    const SteadyAnswer answer;
    for (const auto& line : lines) {
        if (line.too_long || !blank(line.text))
            read(line);
    }
    if (!attempts_.empty())
        decide();
    if (public_refusal_)
        answer.wait();
    auto& out = context_.io.out;
    for (const auto& wish : wishes_) {
        ++(wish.answer.contains("error") ? refused_ : taken_);
        out << cli::body_text(wish.answer) << '\n';
    }
    out.flush();
}

void RedeemLines::read(const SecretLines::Line& line) {
    auto& wish = wishes_.emplace_back();
    wish.line = line.number;
    auto attempt = read_attempt(line, wish);
    if (!attempt) {
        refuse_line(wish, attempt.error());
        return;
    }
    attempts_.push_back(std::move(*attempt));
    wish_of_.push_back(wishes_.size() - 1);
}

Result<app::CardAttempt> RedeemLines::read_attempt(const SecretLines::Line& line, Wish& wish) {
    if (line.too_long)
        return tl::unexpected(malformed("the line is longer than 4 KiB"));
    auto object = read_secret_object(line.text, "pin");
    if (!object)
        return tl::unexpected(malformed("the line is no JSON object of strings"));
    auto& members = object->plain;
    const auto taken = [&](std::string_view name) -> std::optional<std::string> {
        const auto found = members.find(name);
        if (found == members.end())
            return std::nullopt;
        auto value = std::move(found->second);
        members.erase(found);
        return value;
    };
    const auto serial_text = taken("serial");
    const auto account = taken("account");
    const auto channel = taken("channel");
    wish.key = taken("key");
    // Not which: somebody may have written anything in its place.
    if (!members.empty())
        return tl::unexpected(malformed("members are serial, account, pin, key and channel"));
    if (!serial_text || !account || !object->secret)
        return tl::unexpected(malformed("serial, account and pin are needed"));
    if (wish.key && (wish.key->empty() || wish.key->size() > longest_key))
        return tl::unexpected(malformed("key: 1 to 200 characters"));
    app::CardAttempt attempt;
    const auto by = channel ? card::parse_channel(*channel) : counter_.channel();
    if (!by)
        return tl::unexpected(malformed("channel: csr, ivr, web or kiosk"));
    attempt.channel = *by;
    auto id = account::AccountId::parse(*account);
    if (!id)
        return tl::unexpected(id.error());
    attempt.account = id->text();
    const auto serial = card::Serial::parse(*serial_text);
    const auto pin = card::check_pin(*object->secret);
    if (!serial || !pin) {
        if (!card::is_public(attempt.channel))
            return tl::unexpected(pin ? serial.error() : pin.error());
        counter_.desk().look_at_nothing();
        public_refusal_ = true;
        return tl::unexpected(app::refused_in_public());
    }
    attempt.serial = *serial;
    attempt.pin = *object->secret;
    attempt.dry_run = context_.globals.dry_run;
    wish.body = redeem_body(serial->text(), *attempt.account, attempt.channel);
    return attempt;
}

// The answer given before to whoever asked with this key.
bool RedeemLines::answered(std::size_t at) {
    auto& wish = wishes_[wish_of_[at]];
    if (!wish.key)
        return false;
    const auto kept = app::recall(context_.store().keys(), *wish.key, command_, wish.body);
    if (kept && !*kept)
        return false;
    if (kept) {
        wish.answer = {{"line", wish.line}};
        wish.answer.update(cli::Json::parse(**kept));
    } else {
        refuse_line(wish, kept.error());
    }
    return true;
}

void RedeemLines::keep(std::size_t at, const app::CardOutcome& outcome) {
    const auto& wish = wishes_[wish_of_[at]];
    if (!wish.key)
        return;
    const auto answer =
        redeemed_json(attempts_[at].serial.text(), outcome, counter_.rules().currency, false);
    const auto text = cli::body_text(answer);
    context_.store().keys().keep(*wish.key, {command_, wish.body, text}, context_.clock.now());
}

void RedeemLines::answer(std::size_t at, const app::CardOutcome& outcome) {
    auto& wish = wishes_[wish_of_[at]];
    if (!wish.answer.is_null())
        return;
    const auto& attempt = attempts_[at];
    if (!outcome.accepted()) {
        public_refusal_ = public_refusal_ || card::is_public(attempt.channel);
        refuse_line(wish, app::error_of(outcome, attempt));
        return;
    }
    wish.answer = {{"line", wish.line}};
    wish.answer.update(
        redeemed_json(attempt.serial.text(), outcome, counter_.rules().currency, attempt.dry_run)
    );
}

void RedeemLines::decide() {
    struct Undo {};
    const auto threads = std::max(1U, std::thread::hardware_concurrency());
    auto& desk = counter_.desk();
    const auto looked = desk.look(attempts_, threads);
    std::vector<app::CardOutcome> outcomes;
    try {
        context_.store().write([&] {
            outcomes = desk.decide(
                attempts_,
                looked,
                {[&](std::size_t at) { return answered(at); },
                 [&](std::size_t at, const app::CardOutcome& outcome) { keep(at, outcome); }}
            );
            if (context_.globals.dry_run && outcomes.front().accepted())
                throw Undo{};
        });
    } catch (const Undo&) {
        // Rolled back, as was meant.
    }
    for (std::size_t at = 0; at < attempts_.size(); ++at)
        answer(at, outcomes[at]);
}

}  // namespace

cli::Json redeemed_json(
    const std::string& serial, const app::CardOutcome& outcome, std::string_view currency, bool dry
) {
    cli::Json answer{{"serial", serial}};
    answer.update(payment_json(*outcome.payment));
    answer["currency"] = currency;
    answer["dry_run"] = dry;
    return answer;
}

std::string
redeem_body(const std::string& serial, const std::string& account, card::Channel channel) {
    return cli::body_text(
        {{"serial", serial}, {"account", account}, {"channel", card::to_string(channel)}}
    );
}

Exit redeem_lines(const std::string& input, card::Channel channel, cli::Context& context) {
    return RedeemLines(input, channel, context).run();
}

}  // namespace usagectl
