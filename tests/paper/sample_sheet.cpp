// SPDX-License-Identifier: MIT
// Draws sheets of sample cards for other programs to read: `sample_sheet DIRECTORY` writes one PDF
// for each look, and beside it a line for each card: serial, PIN, what the code says.
// There, `measures.pdf` has a QR code of one point a square and words at known places, and
// `measures.txt` says how wide they are in tenths of a point. `sample_sheet --cards N FILE` writes
// a batch, to measure.
#include <fstream>
#include <iostream>

#include "paper/cards.hpp"
#include "paper/text_fit.hpp"

namespace {

using namespace usagectl;
using namespace usagectl::paper_test;

void write(const std::string& path, const paper::CardSheet& sheet) {
    std::ofstream(path, std::ios::binary) << sheet.pdf().reveal();
}

void write_look(const std::string& directory, const Look& look) {
    const auto cards = cards_of(look, 11);
    const auto base = directory + "/" + std::string(look.name);
    write(base + ".pdf", sheet_of(look.look, cards));
    std::ofstream list(base + ".txt");
    for (const auto& card : cards)
        list << card.face.serial << ' ' << card.pin << ' ' << card.face.redeem << '\n';
}

void write_measures(const std::string& directory) {
    paper::Document document("measures");
    document.page(1000, 1000);
    document.qr(0, 0, 290, "A");  // 21 squares and four of quiet zone at each side
    document.text(500, 900, 100, "Ñandú", paper::Align::left);
    document.text(500, 700, 100, "centre", paper::Align::centre, {0, true});
    document.text(500, 500, 100, "right", paper::Align::right);
    std::ofstream(directory + "/measures.pdf", std::ios::binary) << document.pdf();
    std::ofstream(directory + "/measures.txt")
        << paper::text_width("Ñandú", 100, false) << ' ' << paper::text_width("centre", 100, true)
        << ' ' << paper::text_width("right", 100, false) << '\n';
}

int run(const std::vector<std::string>& arguments) {
    if (arguments.size() == 3 && arguments[0] == "--cards") {
        const auto count = std::stoul(arguments[1]);
        write(arguments[2], sheet_of(looks().front().look, cards_of(looks().front(), count)));
        return 0;
    }
    if (arguments.size() != 1)
        return 2;
    for (const auto& look : looks())
        write_look(arguments[0], look);
    write_measures(arguments[0]);
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    try {
        return run({arguments + 1, arguments + count});
    } catch (const Failure& failure) {
        std::cerr << failure.error().message << '\n';
        return 1;
    }
}
