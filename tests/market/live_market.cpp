// SPDX-License-Identifier: MIT
#include "market/live_market.hpp"

#include <poll.h>
#include <stdexcept>

#include "base/number.hpp"

namespace usagectl::test {
namespace {

std::vector<std::string> command(
    const std::string& program,
    const Certificate& certificate,
    const std::vector<std::string>& options
) {
    std::vector<std::string> words{
        program, "--cert", certificate.certificate, "--key", certificate.key};
    words.insert(words.end(), options.begin(), options.end());
    return words;
}

}  // namespace

LiveMarket::LiveMarket(const std::string& program, const std::vector<std::string>& options) {
    scratch_.write("log", "");
    program_ = std::make_unique<Child>(
        command(program, authority_.issue(), options), scratch_.path("log")
    );
    for (int tries = 0; port_ == 0; ++tries) {
        const std::string said = scratch_.read("log");
        if (const auto end = said.find('\n'); end != std::string::npos)
            port_ = static_cast<int>(parse_integer(said.substr(0, end), 1, 65'535).value_or(-1));
        if (port_ < 0 || tries == 5000 || !program_->alive())
            throw std::runtime_error("the fake market does not start: " + said);
        ::poll(nullptr, 0, 2);
    }
    http_ = connect();
}

std::unique_ptr<net::HttpClient> LiveMarket::connect() const {
    net::ConnectionOptions options;
    options.ca_file = authority_.file();
    return net::make_http_client(options);
}

nlohmann::json
LiveMarket::ask(const std::string& method, const std::string& path, const std::string& body) {
    net::HttpRequest request;
    request.method = method;
    request.url = url() + path;
    request.body = Secret(body);
    request.repeatable = true;
    request.label = "control";
    const auto answer = http_->send(request);
    if (!answer)
        throw std::runtime_error(path + ": " + answer.error().error.message);
    if (answer->status != 200)
        throw std::runtime_error(path + ": " + answer->body);
    return nlohmann::json::parse(answer->body);
}

void LiveMarket::control(const nlohmann::json& changes) {
    static_cast<void>(ask("POST", "/_control", changes.dump()));
}

nlohmann::json LiveMarket::log() {
    return ask("GET", "/_log", "");
}

int LiveMarket::count(const std::string& esi_id, const std::string& what) {
    const auto meters = log().at("meters");
    return meters.contains(esi_id) ? meters.at(esi_id).value(what, 0) : 0;
}

}  // namespace usagectl::test
