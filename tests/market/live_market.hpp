// SPDX-License-Identifier: MIT
// The fake market as a process of its own, with a certificate of its own, for as long as a test
// lasts.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "net/certificates.hpp"
#include "net/child.hpp"
#include "net/connection.hpp"
#include "support/scratch.hpp"

namespace usagectl::test {

class LiveMarket {
public:
    // `program`: path of fake_market. `options`: further words of its command line.
    LiveMarket(const std::string& program, const std::vector<std::string>& options = {});

    [[nodiscard]] std::string url() const { return "https://127.0.0.1:" + std::to_string(port_); }
    [[nodiscard]] const std::string& ca_file() const { return authority_.file(); }
    // Throws when the market does not take it.
    void control(const nlohmann::json& changes);
    [[nodiscard]] nlohmann::json log();
    // How often this happened to the meter: read_requests, read_accepted, read_refused, status,
    // intervals, power.
    [[nodiscard]] int count(const std::string& esi_id, const std::string& what);

    // A connection that trusts it.
    [[nodiscard]] std::unique_ptr<net::HttpClient> connect() const;

private:
    [[nodiscard]] nlohmann::json
    ask(const std::string& method, const std::string& path, const std::string& body);

    Scratch scratch_;
    Authority authority_;
    std::unique_ptr<Child> program_;
    int port_ = 0;
    std::unique_ptr<net::HttpClient> http_;
};

}  // namespace usagectl::test
