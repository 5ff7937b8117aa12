// SPDX-License-Identifier: MIT
// Parts of usagectl that bring heavy libraries (libpq, libarchive, libjq, libcrypto) are shared
// objects, opened only by the command that needs them, as git keeps libcurl out of `git` itself.
// They are found beside the program: <dir of usagectl>/modules or <dir>/../lib/usagectl.
#pragma once

#include <string_view>

namespace usagectl {

// Opens module `name` ("postgres") once and gives the address of its exported `symbol`. Throws
// Failure `module_missing` with the path looked at and the cure. Never unloaded.
[[nodiscard]] void* module_symbol(std::string_view name, const char* symbol);

template <class Function>
[[nodiscard]] Function* module_function(std::string_view name, const char* symbol) {
    return reinterpret_cast<Function*>(module_symbol(name, symbol));
}

}  // namespace usagectl
