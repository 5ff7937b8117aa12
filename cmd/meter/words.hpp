// SPDX-License-Identifier: MIT
// The words that commands about meters and their usage share: which meter, which days, which
// channel, which layer.
#pragma once

#include <optional>
#include <string>

#include "cli/command.hpp"
#include "meter/types.hpp"

namespace usagectl::words {

template <class O>
[[nodiscard]] cli::Word meter(std::optional<meter::MeterId> O::*member) {
    return cli::bind(
        {.name = "METER",
         .help = "ESI ID, NMI or other meter identifier",
         .complete = cli::Complete::meter,
         .required = true},
        member
    );
}

template <class O>
[[nodiscard]] cli::Word from_day(std::optional<LocalDay> O::*member) {
    return cli::bind(
        {.name = "--from", .value = "DATE", .help = "first local day; default the first stored"},
        member
    );
}

template <class O>
[[nodiscard]] cli::Word to_day(std::optional<LocalDay> O::*member) {
    return cli::bind(
        {.name = "--to", .value = "DATE", .help = "last local day, inclusive; default the last"},
        member
    );
}

template <class O>
[[nodiscard]] cli::Word channel(std::optional<meter::Channel> O::*member, std::string_view help) {
    return cli::bind(
        {.name = "--channel",
         .value = "N",
         .help = help,
         .choices = {"4", "1", "consumption", "generation"}},
        member
    );
}

template <class O>
[[nodiscard]] cli::Word layer(std::string O::*member) {
    return cli::bind(
        {.name = "--layer",
         .value = "LAYER",
         .help = "settled values, on-demand values, or the best of both",
         .choices = {"best", "vee", "raw"},
         .default_text = "best"},
        member
    );
}

}  // namespace usagectl::words
