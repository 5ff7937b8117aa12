// SPDX-License-Identifier: MIT
#include "card/attempt.hpp"

#include "cli/actor.hpp"

namespace usagectl {

CardCounter::CardCounter(cli::Context& context, card::Channel channel)
    : context_(context)
    , rules_(card_rules_of(context.settings))
    , prepay_(prepay_of(context.settings))
    , channel_(channel)
    , pins_(context.must(card_pins(context.settings)))
    , actor_(cli::actor_of(context))
    , desk_(context.store(), rules_, prepay_, pins_, actor_, context.clock) {}

Tried CardCounter::refused(Error error, const SteadyAnswer& answer) {
    if (!card::is_public(channel_))
        context_.fail(std::move(error));
    desk_.look_at_nothing();
    answer.wait();
    return {"", tl::unexpected(app::refused_in_public())};
}

Tried CardCounter::attempt(
    std::string_view serial,
    const PinOptions& pin,
    const std::optional<std::string>& account,
    const std::function<void(const app::CardOutcome&)>& kept
) {
    const auto read = read_pin(pin, context_.globals.input, context_.interrupted);
    // A place that cannot be read is the caller's affair, whoever he is.
    if (!read && read.error().code != "malformed_pin")
        context_.fail(read.error());
    const SteadyAnswer answer;
    if (!read)
        return refused(read.error(), answer);
    const auto number = card::Serial::parse(serial);
    if (!number)
        return refused(number.error(), answer);
    app::CardAttempt attempt;
    attempt.serial = *number;
    attempt.pin = read->view();
    attempt.account = account;
    attempt.channel = channel_;
    attempt.dry_run = context_.globals.dry_run;
    auto outcome = desk_.attempt(attempt, kept);
    if (!outcome.accepted() && card::is_public(channel_))
        answer.wait();
    if (!outcome.accepted())
        return {number->text(), tl::unexpected(app::error_of(outcome, attempt))};
    return {number->text(), std::move(outcome)};
}

}  // namespace usagectl
