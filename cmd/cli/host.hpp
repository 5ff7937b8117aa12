// SPDX-License-Identifier: MIT
// The whole outside world of one run. main.cpp builds the real one; tests build their own.
#pragma once

#include <chrono>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "cli/command.hpp"
#include "cli/network.hpp"
#include "cli/progress.hpp"
#include "cli/stores.hpp"
#include "cli/streams.hpp"

namespace usagectl::cli {

// A program to become, with variables to add to the environment.
struct Program {
    std::string path;
    std::vector<std::string> arguments;
    std::vector<std::pair<std::string, std::string>> variables;
};

struct Host {
    Streams io;
    Environment environment;
    const Clock& clock;
    std::span<const Registered> registry;
    Stores& stores;
    Network& network;
    SteadyClock steady;                 // for progress only
    std::function<bool()> interrupted;  // see Context::interrupted
    std::function<std::string()> os_user;
    std::function<int(const Program&)> become;  // returns the exit code, or not at all
};

}  // namespace usagectl::cli
