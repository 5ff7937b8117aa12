// SPDX-License-Identifier: MIT
#include "plot/svg.hpp"

#include <fmt/format.h>

#include "meter/xml_text.hpp"
#include "plot/samples.hpp"
#include "plot/svg_layout.hpp"

namespace usagectl::plot {

namespace {

std::string style_sheet() {
    std::string css =
        "<style>\n"
        "text{font:12px system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;"
        "fill:#4a5261;font-variant-numeric:tabular-nums}\n"
        ".page{fill:#fff}.title{font-size:19px;font-weight:600;fill:#171b23}"
        ".head{font-size:13px;font-weight:600;fill:#2b313d}\n"
        ".grid{stroke:#dfe3ea;fill:none}.axis{stroke:#8b94a3;fill:none}\n"
        ".line{stroke:#0072b2;stroke-width:1.4;stroke-linejoin:round;fill:none}"
        ".area{fill:#0072b2;fill-opacity:.14}.band{fill:#0072b2;fill-opacity:.3}\n"
        ".estimated{fill:#e69f00}.missing{fill:url(#hatch);stroke:#b4bbc7;stroke-width:.5}"
        ".hatch{stroke:#b4bbc7;stroke-width:1.2;fill:none}\n";
    for (std::size_t level = 0; level < shades.size(); ++level) {
        css += fmt::format(".h{}{{fill:{};shape-rendering:crispEdges}}", level, shades[level]);
    }
    return css +
           "\n@media(prefers-color-scheme:dark){text{fill:#aab3c2}.page{fill:#14171d}"
           ".title{fill:#f1f4f9}.head{fill:#d5dbe6}.grid{stroke:#2b313c}.axis{stroke:#6c7686}"
           ".line{stroke:#56b4e9}.area,.band{fill:#56b4e9}.hatch{stroke:#4d5665}}\n"
           "</style>\n"
           "<defs><pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
           "patternTransform=\"rotate(45)\"><path d=\"M0 0V6\" "
           "class=\"hatch\"/></pattern></defs>\n";
}

// The parts that say something, parted by dots.
std::string joined(const std::vector<std::string>& parts) {
    std::string line;
    for (const std::string& part : parts) {
        line += line.empty() || part.empty() ? part : "  \u00b7  " + part;
    }
    return line;
}

// A small square with its meaning, right-aligned at x; returns where the next one ends.
Tenths draw_key(SvgCanvas& canvas, Tenths x, std::string_view name, Tenths text_width) {
    canvas.text(x, curve_top - 140, name, Anchor::end);
    canvas.rect(x - text_width - 170, curve_top - 230, 100, 100, name);
    return x - text_width - 360;
}

void draw_facts(const PlotInput& input, SvgCanvas& canvas) {
    const Summary summary = summary_of(input);
    const bool titled = input.title.find(input.meter) != std::string::npos;
    const std::string meter = titled ? "" : "meter " + input.meter;
    canvas.text(left, 600, joined({meter, input.zone->name()}), Anchor::start);
    canvas.text(
        left,
        780,
        joined({summary.total, summary.peak, summary.estimated, summary.missing}),
        Anchor::start
    );
    Tenths x = right;
    if (!summary.missing.empty()) {
        x = draw_key(canvas, x, "missing", 480);
    }
    if (!summary.estimated.empty()) {
        draw_key(canvas, x, "estimated", 580);
    }
}

}  // namespace

std::string svg(const PlotInput& input) {
    SvgCanvas canvas;
    canvas.text(left, 380, input.title, Anchor::start, "title");
    Tenths height = 1000;
    if (input.intervals.empty()) {
        canvas.text(left, 640, "no intervals", Anchor::start);
    } else {
        draw_facts(input, canvas);
        draw_curve_panel(input, canvas);
        height = draw_heat_panel(input, canvas);
    }
    const std::string head = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" "
        "viewBox=\"0 0 {0} {1}\" role=\"img\">\n<title>{2}</title>\n",
        px(page_width),
        px(height),
        meter::xml_text(input.title)
    );
    const std::string page = fmt::format(
        "<rect width=\"{}\" height=\"{}\" class=\"page\"/>\n", px(page_width), px(height)
    );
    return head + style_sheet() + page + canvas.body() + "</svg>\n";
}

}  // namespace usagectl::plot
