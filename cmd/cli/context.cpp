// SPDX-License-Identifier: MIT
#include "cli/context.hpp"

#include <istream>
#include <ostream>

#include "cli/text.hpp"

namespace usagectl::cli {

void Context::fail(Error error) const {
    throw Refusal(std::move(error));
}

void Context::confirm(std::string_view question) const {
    if (globals.yes)
        return;
    if (!globals.input || !io.in_is_terminal) {
        fail(
            {Exit::usage,
             "confirmation_needed",
             std::string(question) + ": nobody is there to confirm",
             "pass --yes to go ahead"}
        );
    }
    io.err << harmless(question) << " [y/N] " << std::flush;
    std::string answer;
    std::getline(io.in, answer);
    if (answer != "y" && answer != "Y" && answer != "yes") {
        fail({Exit::refused, "not_confirmed", "not confirmed; nothing was done"});
    }
}

}  // namespace usagectl::cli
