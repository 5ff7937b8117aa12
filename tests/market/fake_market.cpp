// SPDX-License-Identifier: MIT
// A market to try the program on: Smart Meter Texas' two services over HTTPS on 127.0.0.1, with
// meters, requests and a quota in memory, and faults on demand.
//
//   fake_market --cert FILE --key FILE [--port N] [--control FILE] [--now INSTANT] [--seed N]
//               [--user NAME] [--password TEXT] [--zone NAME] [--threads N]
//
// Prints its port when it is ready (--port 0 chooses one), ends on SIGTERM or SIGINT. The control
// file is as what is sent to /_control; see fake_server.hpp and fake_state.hpp.
#include <csignal>
#include <fstream>
#include <iostream>
#include <map>
#include <pthread.h>
#include <stdexcept>
#include <thread>

#include "base/number.hpp"
#include "market/fake_server.hpp"

namespace {

using namespace usagectl;
using namespace usagectl::test;

std::map<std::string, std::string> options_of(int argc, char** argv) {
    std::map<std::string, std::string> options{
        {"--port", "0"},
        {"--seed", "1"},
        {"--user", "OPS"},
        {"--password", "secret"},
        {"--zone", "America/Chicago"},
        {"--threads", "600"},
        {"--control", ""},
        {"--now", ""},
        {"--cert", ""},
        {"--key", ""}};
    for (int i = 1; i < argc; i += 2) {
        const auto known = options.find(argv[i]);
        if (known == options.end() || i + 1 == argc)
            throw std::invalid_argument(std::string("no such option, or no value: ") + argv[i]);
        known->second = argv[i + 1];
    }
    return options;
}

std::int64_t number(const std::string& text, std::int64_t most) {
    const auto read = parse_integer(text, 0, most);
    if (!read)
        throw std::invalid_argument("no number: " + text);
    return *read;
}

int run(const std::map<std::string, std::string>& options) {
    FakeState state(
        {static_cast<std::uint64_t>(number(options.at("--seed"), 1'000'000'000)),
         options.at("--user"),
         options.at("--password"),
         options.at("--zone")}
    );
    Faults faults;
    if (!options.at("--control").empty()) {
        std::ifstream file(options.at("--control"));
        const auto changes = nlohmann::json::parse(file);
        if (changes.contains("faults"))
            faults.set(changes.at("faults"));
        state.control(changes);
    }
    if (!options.at("--now").empty())
        state.control({{"now", options.at("--now")}});

    // Before the first thread, so that all of them leave the signals to us.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    std::signal(SIGPIPE, SIG_IGN);

    FakeServer server(
        {options.at("--cert"),
         options.at("--key"),
         static_cast<int>(number(options.at("--threads"), 5000))},
        state,
        faults
    );
    const int port = server.open(static_cast<int>(number(options.at("--port"), 65'535)));
    if (port <= 0)
        throw std::runtime_error("cannot listen: certificate, key or port");
    std::thread listener([&server] { server.listen_after_bind(); });
    while (!server.is_running())
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::cout << port << std::endl;
    int signal = 0;
    sigwait(&ends, &signal);
    server.stop();
    listener.join();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(options_of(argc, argv));
    } catch (const std::exception& wrong) {
        std::cerr << "fake_market: " << wrong.what() << '\n';
        return 1;
    }
}
