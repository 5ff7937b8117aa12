// SPDX-License-Identifier: MIT
#include "order/confirmation_json.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "cli/context.hpp"

namespace usagectl {

namespace {

using Values = std::array<std::string, app::confirmation_columns.size()>;

tl::unexpected<Error> malformed(std::string what) {
    return refuse(Exit::rejected, "line_malformed", std::move(what), "one JSON object a line");
}

// Null: no JSON object. A member that is there twice could be taken for either of its values.
cli::Json read_object(std::string_view line, bool& twice) {
    std::set<std::string> seen;
    const auto watch = [&](int depth, cli::Json::parse_event_t event, const cli::Json& parsed) {
        if (depth == 1 && event == cli::Json::parse_event_t::key)
            twice = !seen.insert(parsed.get<std::string>()).second || twice;
        return true;
    };
    auto object = cli::Json::parse(line, watch, false);
    return object.is_object() ? object : cli::Json(nullptr);
}

Result<void> take_member(Values& values, const std::string& name, const cli::Json& value) {
    const auto& columns = app::confirmation_columns;
    const auto* known = std::find(columns.begin(), columns.end(), name);
    if (known == columns.end())
        return malformed("there is no member " + usagectl::quoted(name));
    if (value.is_null())
        return {};
    auto& taken = values.at(static_cast<std::size_t>(known - columns.begin()));
    const bool number = name == "exit_status" || name == "begin_reading_wh";
    if (number ? !value.is_number_integer() : !value.is_string())
        return malformed(name + (number ? " must be a whole number" : " must be a string"));
    taken = number ? value.dump() : value.get<std::string>();
    return {};
}

}  // namespace

Result<app::Confirmation> read_confirmation_json(std::string_view line) {
    bool twice = false;
    const auto object = read_object(line, twice);
    if (object.is_null())
        return malformed("the line is no JSON object");
    if (twice)
        return malformed("a member is there twice");
    Values values;
    for (const auto& [name, value] : object.items()) {
        if (auto taken = take_member(values, name, value); !taken)
            return tl::unexpected(taken.error());
    }
    return app::read_confirmation(
        {values[0], values[1], values[2], values[3], values[4], values[5], values[6]}
    );
}

}  // namespace usagectl
