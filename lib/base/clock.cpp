// SPDX-License-Identifier: MIT
#include "base/instant.hpp"

namespace usagectl {

Instant SystemClock::now() const {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

}  // namespace usagectl
