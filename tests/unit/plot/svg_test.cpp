// SPDX-License-Identifier: MIT
#include "plot/svg.hpp"

#include <catch2/catch.hpp>

#include <pugixml.hpp>

#include "plot/drawings.hpp"
#include "plot/svg_canvas.hpp"

namespace usagectl::plot {
namespace {

TEST_CASE("every drawing is a well-formed document without scripts or outside resources") {
    for (const PlotInput& input : odd_inputs()) {
        const std::string text = svg(input);
        pugi::xml_document document;
        REQUIRE(document.load_string(text.c_str()));
        const pugi::xml_node root = document.child("svg");
        CHECK(std::string(root.attribute("xmlns").value()) == "http://www.w3.org/2000/svg");
        CHECK(root.child("title"));
        CHECK(text.find("<script") == std::string::npos);
        CHECK(text.find("href") == std::string::npos);
        CHECK(text.find("http") == text.rfind("http"));  // the name space
        CHECK(text.size() < 600'000);
        CHECK(svg(input) == text);
    }
}

TEST_CASE("nothing is drawn outside the page") {
    for (const PlotInput& input : odd_inputs()) {
        pugi::xml_document document;
        REQUIRE(document.load_string(svg(input).c_str()));
        const double width = document.child("svg").attribute("width").as_double();
        const double height = document.child("svg").attribute("height").as_double();
        for (const auto& found : document.select_nodes("//text | //rect")) {
            const auto node = found.node();
            CHECK(node.attribute("x").as_double() >= 0);
            CHECK(node.attribute("x").as_double() <= width);
            CHECK(node.attribute("y").as_double() >= 0);
            CHECK(node.attribute("y").as_double() + node.attribute("height").as_double() <= height);
        }
    }
}

TEST_CASE("titles are text, whatever they hold") {
    PlotInput input = days_of("2025-06-06", 1, 100);
    input.title = "</text><script>alert(1)</script> & \"quotes\"";
    pugi::xml_document document;
    REQUIRE(document.load_string(svg(input).c_str()));
    CHECK(document.select_nodes("//script").empty());
    CHECK(input.title == document.child("svg").child("title").text().get());
}

TEST_CASE("the curve steps through the values, and stops where they are missing") {
    PlotInput input = days_of("2025-06-06", 1, 250, 60);
    input.intervals.resize(4);
    input.intervals[1].wh = 1000;
    make_missing(input.intervals, 2, 1);
    pugi::xml_document document;
    REQUIRE(document.load_string(svg(input).c_str()));
    const auto path = [&](const char* query) {
        return std::string(document.select_node(query).node().attribute("d").value());
    };
    CHECK(path("//path[@class='line']") == "M90 287H295.5V122H501M706.5 287H912");
    CHECK(
        path("//path[@class='area']") ==
        "M90 342L90 287H295.5V122H501V342ZM706.5 342L706.5 287H912V342Z"
    );
    CHECK(document.select_nodes("//rect[@class='missing' and @height='220']").size() == 1);
}

TEST_CASE("tenths are written without floating point") {
    CHECK(px(0) == "0");
    CHECK(px(125) == "12.5");
    CHECK(px(-125) == "-12.5");
    CHECK(px(-5) == "-0.5");
    CHECK(px(9600) == "960");
}

}  // namespace
}  // namespace usagectl::plot
