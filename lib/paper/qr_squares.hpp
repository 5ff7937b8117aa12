// SPDX-License-Identifier: MIT
// A text as the dark and light squares of a QR code; only inside the module "paper".
#pragma once

#include <vector>

namespace usagectl::paper {

// Dark squares that touch, in one row.
struct QrRun {
    int column = 0;
    int row = 0;  // from the top
    int length = 0;
};

struct QrSquares {
    int side = 0;  // squares, without the quiet zone; 0: no QR code holds the text
    std::vector<QrRun> runs;
};

// Error correction M (a seventh of the code may be damaged), the smallest version that holds
// `text`, its digits packed as digits.
[[nodiscard]] QrSquares qr_squares(const char* text);

}  // namespace usagectl::paper
