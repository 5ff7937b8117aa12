// SPDX-License-Identifier: MIT
#include "fuzz/line_reader_fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    return usagectl::fuzz::read_lines(usagectl::meter::Format::csv, data, size);
}
