// SPDX-License-Identifier: MIT
// What the jq module exports. Text crosses the border by callback, so that neither side frees what
// the other allocated.
#pragma once

#include <cstddef>

extern "C" {

using UsagectlJqText = void(void* context, const char* text, std::size_t size);

// Null, after telling `complain` why, when the program does not compile.
void* usagectl_jq_compile(const char* program, void* context, UsagectlJqText* complain);
// False, after telling `complain` why, when the program fails on this document.
bool usagectl_jq_run(
    void* state,
    const char* json,
    std::size_t size,
    void* context,
    UsagectlJqText* emit,
    UsagectlJqText* complain
);
void usagectl_jq_free(void* state);
}
