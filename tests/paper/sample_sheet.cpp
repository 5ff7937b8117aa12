// SPDX-License-Identifier: MIT
// Draws sheets of sample cards for other programs to read: `sample_sheet DIRECTORY` writes one PDF
// for each look, and beside it a line for each card: serial, PIN, what the code says.
// `sample_sheet --cards N FILE` writes a batch, to measure.
#include <fstream>
#include <iostream>

#include "paper/cards.hpp"

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
