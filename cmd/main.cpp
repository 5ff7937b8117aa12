// SPDX-License-Identifier: MIT
// The one place where concrete types are chosen.
#include "cli/main.hpp"

#include <iostream>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "cli/descriptor_stream.hpp"
#include "network.hpp"
#include "registry.hpp"
#include "stores.hpp"
#include "system.hpp"

int main(int count, char** words) {
    using namespace usagectl;
    install_signals();
    cli::DescriptorStream out(1);
    const SystemClock clock;
    Datastores stores;
    Net net;
    cli::Host host{
        .io = {.in = std::cin, .out = out, .err = std::cerr},
        .environment = environment_variable,
        .clock = clock,
        .registry = registry(),
        .stores = stores,
        .network = net,
        .steady = steady_time,
        .interrupted = interrupted,
        .os_user = os_user,
        .become = become,
    };
    look_at_terminal(host.io);
    return cli::main(std::vector<std::string>(words + (count > 0 ? 1 : 0), words + count), host);
}
