// SPDX-License-Identifier: MIT
#include "cli/report.hpp"

#include <ostream>

#include <nlohmann/json.hpp>

#include "cli/text.hpp"

namespace usagectl::cli {

namespace {

void report_json(std::ostream& err, const Error& error) {
    nlohmann::ordered_json body{
        {"code", error.code},
        {"message", error.message},
        {"hint", nullptr},
        {"retryable", error.retryable},
        {"exit", static_cast<int>(error.exit)},
    };
    if (!error.hint.empty())
        body["hint"] = error.hint;
    const nlohmann::ordered_json object{{"error", std::move(body)}};
    err << object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
}

}  // namespace

void report(std::ostream& err, std::string_view command, const Error& error, ReportStyle style) {
    if (style.json) {
        report_json(err, error);
        return;
    }
    err << (style.color ? "\x1b[1;31musagectl:\x1b[0m " : "usagectl: ");
    if (!command.empty())
        err << command << ": ";
    err << harmless(error.message) << '\n';
    if (!error.hint.empty())
        err << "hint: " << harmless(error.hint) << '\n';
}

}  // namespace usagectl::cli
