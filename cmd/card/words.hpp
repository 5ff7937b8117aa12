// SPDX-License-Identifier: MIT
// The words that commands about cards share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "card/agent.hpp"
#include "card/card.hpp"
#include "card/pin_input.hpp"
#include "cli/values.hpp"

namespace usagectl {

namespace cli {

template <>
struct Parse<card::Serial> {
    static Result<card::Serial> from(std::string_view text) { return card::Serial::parse(text); }
};
template <>
struct Parse<card::BatchName> {
    static Result<card::BatchName> from(std::string_view text) {
        return card::BatchName::parse(text);
    }
};
template <>
struct Parse<card::AgentId> {
    static Result<card::AgentId> from(std::string_view text) { return card::AgentId::parse(text); }
};

}  // namespace cli

namespace words {

template <class O>
[[nodiscard]] cli::Word batch(std::optional<card::BatchName> O::*member, bool required = false) {
    return cli::bind(
        {.name = "--batch",
         .value = "BATCH",
         .help = "the batch",
         .complete = cli::Complete::card_batch,
         .required = required},
        member
    );
}

template <class O>
[[nodiscard]] cli::Word agent(std::optional<card::AgentId> O::*member, bool required = false) {
    return cli::bind(
        {.name = "--agent",
         .value = "AGENT",
         .help = "the agent who sells the cards",
         .complete = cli::Complete::agent,
         .required = required},
        member
    );
}

// Members serial, pin (PinOptions), channel. A PIN among the arguments is refused and not repeated.
template <class O>
void append_attempt_words(std::vector<cli::Word>& words) {
    const auto into_pin = [](auto set) {
        return [set](void* options, std::string_view text) -> Result<void> {
            return set(static_cast<O*>(options)->pin, text);
        };
    };
    cli::Word from_stdin{.name = "--pin-stdin", .help = "read the PIN from standard input"};
    from_stdin.store = into_pin([](PinOptions& pin, std::string_view) -> Result<void> {
        pin.from_stdin = true;
        return {};
    });
    cli::Word file{
        .name = "--pin-file",
        .value = "FILE",
        .help = "read the PIN from this file, ours alone to read",
        .complete = cli::Complete::file};
    file.store = into_pin([](PinOptions& pin, std::string_view text) -> Result<void> {
        pin.file = text;
        return {};
    });
    cli::Word descriptor{
        .name = "--pin-fd", .value = "N", .help = "read the PIN from this open descriptor"};
    descriptor.store = into_pin([](PinOptions& pin, std::string_view text) -> Result<void> {
        auto number = cli::parse<std::int64_t>(text);
        if (!number || *number < 0 || *number > 65'535)
            return refuse(Exit::usage, "malformed_descriptor", "a descriptor is a small number");
        pin.descriptor = *number;
        return {};
    });
    const auto no_pin = [](void*, std::string_view) -> Result<void> {
        return tl::unexpected(pin_in_argv());
    };
    cli::Word option{
        .name = "--pin",
        .value = "PIN",
        .help = "refused: it could be read by others",
        .hidden = true};
    option.store = no_pin;
    cli::Word argument{
        .name = "PIN",
        .help = "refused: it could be read by others",
        .repeatable = true,
        .hidden = true};
    argument.store = no_pin;
    words.push_back(std::move(from_stdin));
    words.push_back(std::move(file));
    words.push_back(std::move(descriptor));
    words.push_back(cli::bind(
        {.name = "--channel",
         .value = "CHANNEL",
         .help = "where the attempt comes from; all but csr learn nothing but card_refused",
         .choices = {"csr", "ivr", "web", "kiosk"},
         .default_text = "csr"},
        &O::channel
    ));
    words.push_back(std::move(option));
    words.push_back(std::move(argument));
}

}  // namespace words

}  // namespace usagectl
