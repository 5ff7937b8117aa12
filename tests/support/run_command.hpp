// SPDX-License-Identifier: MIT
// Runs a command line in this process, on streams in memory, with a clock, an environment and
// datastores of the test's own.
#pragma once

#include <istream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "base/instant.hpp"
#include "cli/main.hpp"
#include "cli/text.hpp"
#include "registry.hpp"

namespace usagectl::test {

struct Ran {
    int exit = 0;
    std::string out;
    std::string err;
};

// Datastores that are not there: whoever opens one gets a Failure.
class NoStores : public cli::Stores {
public:
    void prepare(const Clock&, bool) override {}
    std::unique_ptr<app::Store> open(const std::string&, const Look&) override { none(); }
    app::StoreStatus init(const std::string&, bool) override { none(); }
    app::StoreStatus migrate(const std::string&) override { none(); }
    app::StoreStatus status(const std::string& url) override {
        app::StoreStatus status;
        status.url = url;
        return status;
    }
    [[nodiscard]] std::string mask(const std::string& url) const override {
        const auto at = url.find('@');
        const auto scheme = url.find("://");
        if (at == std::string::npos || scheme == std::string::npos)
            return url;
        return url.substr(0, scheme + 3) + "****" + url.substr(at);
    }
    [[nodiscard]] bool is_remote(const std::string& url) const override {
        return url.rfind("postgres", 0) == 0;
    }
    std::vector<std::string> names(
        cli::Complete what, const std::string&, std::string_view prefix, std::size_t
    ) noexcept override {
        if (what == cli::Complete::account)
            return beginning({"A-1", "A-2", "B-1"}, prefix);
        if (what == cli::Complete::meter)
            return beginning({"1001", "1002", "2001"}, prefix);
        if (what == cli::Complete::tariff)
            return beginning({"home-flat", "home-tou", "shop"}, prefix);
        return {};
    }
    [[nodiscard]] std::string sqlite_version() const override { return "3.40.1"; }
    [[nodiscard]] int newest_schema() const override { return 1; }

private:
    static std::vector<std::string>
    beginning(std::initializer_list<std::string_view> names, std::string_view prefix) {
        std::vector<std::string> found;
        for (const auto name : names) {
            if (name.substr(0, prefix.size()) == prefix)
                found.emplace_back(name);
        }
        return found;
    }
    [[noreturn]] static void none() {
        throw Failure("store_unreachable", "there is no datastore here", "start it", true);
    }
};

class NoNetwork final : public cli::Network {
public:
    std::unique_ptr<app::RemoteFolder> folder(const cli::Source&, const cli::NetworkUse&) override {
        none();
    }
    std::unique_ptr<market::Market> market(const Zone&, const cli::NetworkUse&) override { none(); }
    std::unique_ptr<app::Pace>
    pace(std::function<bool()>, std::function<void(std::string_view)>) override {
        none();
    }

private:
    [[noreturn]] static void none() {
        throw Failure("network_unreachable", "there is no network here", {}, true);
    }
};

// One world for any number of runs.
struct World {
    std::map<std::string, std::string, std::less<>> environment = {};
    FixedClock clock{instant(1'795'183'200)};  // 2026-11-20T14:00:00Z
    NoStores none = {};
    cli::Stores* stores = &none;
    NoNetwork no_network = {};
    cli::Network* network = &no_network;
    std::span<const cli::Registered> registry = usagectl::registry();
    std::string input = {};
    bool terminal = false;
    std::vector<cli::Program> became = {};  // programs that would have been run

    Ran run(const std::vector<std::string>& words) {
        std::istringstream in(input);
        std::ostringstream out;
        std::ostringstream err;
        cli::Host host{
            .io =
                {.in = in,
                 .out = out,
                 .err = err,
                 .out_is_terminal = terminal,
                 .err_is_terminal = terminal,
                 .in_is_terminal = terminal},
            .environment = [this](std::string_view name) -> std::optional<std::string> {
                const auto found = environment.find(name);
                if (found == environment.end())
                    return std::nullopt;
                return found->second;
            },
            .clock = clock,
            .registry = registry,
            .stores = *stores,
            .network = *network,
            .steady = [] { return std::chrono::milliseconds(0); },
            .interrupted = [] { return false; },
            .os_user = [] { return std::string("tester"); },
            .become =
                [this](const cli::Program& program) {
                    became.push_back(program);
                    return 42;
                },
        };
        const int exit = cli::main(words, host);
        return {exit, out.str(), err.str()};
    }

    // The words as a shell would split them, without the program's name.
    Ran operator()(const std::string& line) {
        std::vector<std::string> words;
        if (!cli::split_words(line, words))
            throw std::invalid_argument(line);
        return run(words);
    }
};

}  // namespace usagectl::test
