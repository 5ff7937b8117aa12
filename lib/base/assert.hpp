// SPDX-License-Identifier: MIT
// Assertions that stay on in every build. A failed one is a bug in usagectl: it throws Bug, which
// cli::main reports with exit 70, after every transaction on the way up has rolled back.
#pragma once

#include <stdexcept>
#include <string>

namespace usagectl {

class Bug : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

[[noreturn]] inline void assertion_failed(const char* condition, const char* file, int line) {
    throw Bug(std::string(file) + ":" + std::to_string(line) + ": " + condition);
}

}  // namespace usagectl

#define USAGECTL_ASSERT(condition)                                                                 \
    (static_cast<bool>(condition) ? void(0)                                                        \
                                  : ::usagectl::assertion_failed(#condition, __FILE__, __LINE__))
