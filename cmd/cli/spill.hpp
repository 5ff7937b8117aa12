// SPDX-License-Identifier: MIT
// Items of an answer that are known before the figures above them: kept in a file that has no name,
// so that memory does not grow with them.
#pragma once

#include <cstdio>
#include <functional>
#include <memory>
#include <string>

#include "cli/context.hpp"

namespace usagectl::cli {

class Spill {
public:
    Spill();
    void add(const Json& item);
    // Each in order; as often as it is asked for.
    void each(const std::function<void(const Json& item)>& visit);

private:
    [[noreturn]] static void fail();
    struct Close {
        void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
    };
    std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace usagectl::cli
