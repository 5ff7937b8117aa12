// SPDX-License-Identifier: MIT
// One group of an LSE file, sound unless a test says otherwise.
#pragma once

#include <string>
#include <vector>

namespace usagectl::meter {

struct LseSample {
    std::string meter = "10443720000000017";
    std::string channel = "4";
    std::string start = "20251213000000";
    std::string stop = "20251213235959";
    std::string prevailing = "Y";
    std::string invalid = "N";
    std::string row_two = "00000002,,,1,0,1,0,900,01,,,,";
    std::string row_three = "00000003,";
    std::string row_four = "00000004,,";
    std::vector<std::string> triples = {};  // `value,status,start`
    std::size_t per_row = 12;

    // `count` triples of 0.001, 0.002, ... kWh, actual, without starts.
    LseSample& fill(std::size_t count = 96) {
        triples.clear();
        for (std::size_t i = 1; i <= count; ++i) {
            const std::string digits = std::to_string(1000 + i % 1000);
            triples.push_back("0." + digits.substr(1) + ",A,");
        }
        return *this;
    }

    [[nodiscard]] std::string row_one() const {
        return "00000001," + meter + "," + channel + "," + start + "," + stop + "," + prevailing +
               "," + invalid;
    }
    [[nodiscard]] std::string text(const std::string& line_end = "\n") const {
        std::string out;
        for (const std::string& row : {row_one(), row_two, row_three, row_four}) {
            if (!row.empty())
                out += row + line_end;
        }
        for (std::size_t i = 0; i != triples.size(); ++i) {
            if (i % per_row == 0)
                out += std::to_string(10'000'000 + i / per_row);
            out += "," + triples[i];
            if ((i + 1) % per_row == 0 || i + 1 == triples.size())
                out += line_end;
        }
        return out;
    }
};

}  // namespace usagectl::meter
