// SPDX-License-Identifier: MIT
// The fake market on the wire: both services over TLS, faults, and the addresses tests control it
// by.
//   POST /_control   JSON as in fake_state.hpp, and "faults"
//   GET  /_log       {"logins", "meters": {"10443…": {"read_requests", …}},
//                     "paths": {"/v2/odr/": 3}}
//   GET  /_now       the market's time
#pragma once

#include <map>
#include <mutex>
#include <string>

#include <httplib.h>

#include "market/fake_faults.hpp"
#include "market/fake_state.hpp"

namespace usagectl::test {

struct ServerOptions {
    std::string certificate;
    std::string key;
    int threads = 600;
};

class FakeServer final : public httplib::SSLServer {
public:
    FakeServer(const ServerOptions& options, FakeState& state, Faults& faults);

    // Binds to 127.0.0.1; 0 chooses a port. The port, or -1.
    [[nodiscard]] int open(int port);

private:
    using Request = httplib::Request;
    using Response = httplib::Response;
    using Work = std::function<FakeAnswer(const nlohmann::json&)>;

    void serve(const std::string& path, const std::string& kind, bool open, Work work);
    void answer(
        const Request& request,
        Response& response,
        const std::string& kind,
        bool open,
        const Work& work
    );
    void serve_controls();
    void count(const std::string& path);

    FakeState& state_;
    Faults& faults_;
    std::mutex mutex_;
    std::map<std::string, std::uint64_t> paths_;
};

}  // namespace usagectl::test
