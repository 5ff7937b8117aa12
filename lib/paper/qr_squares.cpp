// SPDX-License-Identifier: MIT
#include "paper/qr_squares.hpp"

#include <memory>

#include <qrencode.h>

namespace usagectl::paper {

QrSquares qr_squares(const char* text) {
    constexpr int smallest_version = 0;
    constexpr int as_written = 1;  // letters keep their case
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString(text, smallest_version, QR_ECLEVEL_M, QR_MODE_8, as_written),
        QRcode_free
    );
    QrSquares squares;
    if (!code)
        return squares;
    squares.side = code->width;
    for (int row = 0; row < code->width; ++row) {
        const auto* line = code->data + row * code->width;
        for (int column = 0; column < code->width; ++column) {
            constexpr unsigned char dark = 1;
            if ((line[column] & dark) == 0)
                continue;
            const bool goes_on = column > 0 && (line[column - 1] & dark) != 0;
            if (goes_on)
                ++squares.runs.back().length;
            else
                squares.runs.push_back({column, row, 1});
        }
    }
    return squares;
}

}  // namespace usagectl::paper
