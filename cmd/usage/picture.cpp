// SPDX-License-Identifier: MIT
#include "usage/picture.hpp"

#include <ostream>

#include "cli/output_file.hpp"
#include "meter/kwh.hpp"
#include "plot/curve.hpp"
#include "plot/heat_map.hpp"
#include "plot/svg.hpp"

namespace usagectl {

namespace {

plot::PlotInput picture_of(const app::UsageAnswer& answer) {
    plot::PlotInput input;
    input.title = std::string(to_string(answer.channel)) + ", " + format_day(answer.from) + " to " +
                  format_day(answer.to) + ", " + meter::kwh_text(answer.total_wh) + " kWh";
    input.meter = answer.meter.id;
    input.zone = answer.zone;
    input.intervals = answer.intervals;
    input.minutes = answer.interval_minutes;
    return input;
}

// Braille and shades need UTF-8; every other locale gets ASCII.
bool speaks_utf8(const cli::Environment& environment) {
    for (const auto name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const auto value = environment(name);
        if (!value || value->empty())
            continue;
        return value->find("UTF-8") != std::string::npos ||
               value->find("utf8") != std::string::npos;
    }
    return false;
}

}  // namespace

void draw(const app::UsageAnswer& answer, cli::Context& context) {
    const auto input = picture_of(answer);
    plot::TerminalStyle style;
    style.width = context.io.width;
    style.color = context.globals.color;
    style.unicode = speaks_utf8(context.environment);
    for (const auto& line : plot::curve(input, style))
        context.io.out << line << '\n';
    context.io.out << '\n';
    for (const auto& line : plot::heat_map(input, style))
        context.io.out << line << '\n';
}

void write_picture(const std::string& path, const app::UsageAnswer& answer) {
    const auto text = plot::svg(picture_of(answer));
    cli::OutputFile file(path);
    file.write(text);
    file.finish();
}

}  // namespace usagectl
