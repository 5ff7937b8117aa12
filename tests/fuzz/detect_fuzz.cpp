// SPDX-License-Identifier: MIT
// Detection says something about every file, and what it says can be printed.
#include <cstdlib>
#include <string_view>

#include "meter/reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view head(reinterpret_cast<const char*>(data), size);
    const auto format = usagectl::meter::detect_format(head);
    if (format)
        return 0;
    const usagectl::Error& error = format.error();
    if (error.exit != usagectl::Exit::rejected || error.code.empty())
        std::abort();
    for (const char c : error.message) {
        if (c < ' ' || c > '~')
            std::abort();
    }
    return 0;
}
