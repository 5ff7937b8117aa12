// SPDX-License-Identifier: MIT
// A change that can still be refused after it has begun: a refusal, or a dry run, leaves nothing
// behind.
#pragma once

#include "app/store.hpp"

namespace usagectl::app {

// Runs `work` in a write transaction and gives its result; kept only when it is one and this is no
// dry run.
template <class T, class Work>
[[nodiscard]] Result<T> attempt(Store& store, bool dry_run, const Work& work) {
    struct Undo {};
    Result<T> result;
    try {
        store.write([&] {
            result = work();
            if (!result || dry_run)
                throw Undo{};
        });
    } catch (const Undo&) {
        // Rolled back, as was meant.
    }
    return result;
}

}  // namespace usagectl::app
