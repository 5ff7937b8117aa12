// SPDX-License-Identifier: MIT
#include "market/fake_server.hpp"

#include <chrono>
#include <thread>

#include <arpa/inet.h>
#include <sys/resource.h>
#include <sys/socket.h>

namespace usagectl::test {
namespace {

using nlohmann::json;

// Our socket to the client at this port: the library hands out no descriptor.
int socket_to(int port) {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    const int most = static_cast<int>(std::min<rlim_t>(limit.rlim_cur, 65'536));
    for (int fd = 3; fd < most; ++fd) {
        sockaddr_in peer{};
        socklen_t size = sizeof peer;
        void* address = &peer;
        if (getpeername(fd, static_cast<sockaddr*>(address), &size) == 0 &&
            peer.sin_family == AF_INET && ntohs(peer.sin_port) == port)
            return fd;
    }
    return -1;
}

// Cuts the connection as a crash does: connecting a socket to nowhere sends a reset.
void reset(const httplib::Request& request) {
    const int fd = socket_to(request.remote_port);
    sockaddr nowhere{};
    nowhere.sa_family = AF_UNSPEC;
    if (fd >= 0)
        ::connect(fd, &nowhere, sizeof nowhere);
}

void page(httplib::Response& response, int status) {
    response.status = status;
    response.set_content(
        "<!DOCTYPE html>\n<html><head><title>Sorry</title></head><body>We are down for "
        "maintenance.</body></html>\n",
        "text/html"
    );
}

void plain(httplib::Response& response, int status, const std::string& text) {
    response.status = status;
    response.set_content(text, "text/plain");
}

void data(httplib::Response& response, const FakeAnswer& answer) {
    response.status = answer.status;
    response.set_content(answer.body.dump(), "application/json");
}

// True: that was the answer, and nothing is done.
bool fails_before(
    const Fault& fault, const httplib::Request& request, httplib::Response& response
) {
    if (fault.retry_after)
        response.set_header("Retry-After", std::to_string(*fault.retry_after));
    if (fault.kind == "unauthorized")
        data(response, {401, {{"message", "Invalid Token"}}});
    else if (fault.kind == "forbidden")
        plain(response, 403, "Forbidden");
    else if (fault.kind == "throttled")
        plain(response, 429, "Too Many Requests");
    else if (fault.kind == "busy")
        plain(response, 503, "Service Unavailable");
    else if (fault.kind == "not_found")
        plain(response, 404, "Not Found");
    else if (fault.kind == "html" || fault.kind == "html_busy")
        page(response, fault.kind == "html" ? 200 : 503);
    else if (fault.kind == "wrong_json")
        response.set_content("{\"data\":{\"statusCode\":\"0\",", "application/json");
    else if (fault.kind == "wrong_types")
        data(response, {200, {{"data", {{"statusCode", {1, 2}}, {"odrstatus", {{"x", true}}}}}}});
    else if (fault.kind == "empty")
        response.set_content("", "application/json");
    else if (fault.kind == "quota")
        data(
            response,
            {200,
             {{"data",
               {{"RequestStatus", "FLR"},
                {"statusCode", "5031"},
                {"statusReason", "Too many requests for this meter within an hour"}}}}}
        );
    else if (fault.kind == "refuse")
        reset(request);
    else
        return false;
    return true;
}

void fails_after(const Fault& fault, const httplib::Request& request, httplib::Response& response) {
    if (fault.kind == "reset")
        reset(request);
    else if (fault.kind == "crash")
        plain(response, 500, "Internal Server Error");
    else if (fault.kind == "html_after")
        page(response, 200);
}

}  // namespace

FakeServer::FakeServer(const ServerOptions& options, FakeState& state, Faults& faults)
    : SSLServer(options.certificate.c_str(), options.key.c_str())
    , state_(state)
    , faults_(faults) {
    const int threads = options.threads;
    new_task_queue = [threads] {
        return new httplib::ThreadPool(static_cast<std::size_t>(threads));
    };
    set_keep_alive_max_count(10'000);
    set_keep_alive_timeout(5);
    set_tcp_nodelay(true);

    serve("/v2/token/", "token", true, [&](const json& body) {
        return state_.log_in(body, false);
    });
    serve("/v2/odr/", "read", false, [&](const json& body) { return state_.rest_read(body); });
    serve("/v2/odrstatus/", "status", false, [&](const json& body) {
        return state_.rest_status(body);
    });
    serve("/v2/15minintervalreads/", "intervals", false, [&](const json& body) {
        return state_.rest_intervals(body);
    });
    serve("/v2/powerstatus/", "power", false, [&](const json& body) {
        return state_.power(body, false);
    });
    serve("/commonapi/user/authenticate", "token", true, [&](const json& body) {
        return state_.log_in(body, true);
    });
    serve("/api/meter", "meters", false, [&](const json&) { return state_.portal_meters(); });
    serve("/api/ondemandread", "read", false, [&](const json& body) {
        return state_.portal_read(body);
    });
    serve("/api/usage/latestodrread", "status", false, [&](const json& body) {
        return state_.portal_status(body);
    });
    serve("/api/adhoc/intervalsynch", "intervals", false, [&](const json& body) {
        return state_.portal_intervals(body);
    });
    serve("/api/powerstatus", "power", false, [&](const json& body) {
        return state_.power(body, true);
    });
    serve_controls();
}

int FakeServer::open(int port) {
    if (!is_valid())
        return -1;
    if (port == 0)
        port = bind_to_any_port("127.0.0.1");
    else if (!bind_to_port("127.0.0.1", port))
        return -1;
    // Five hundred clients come at once; the library asks for room for five.
    if (port > 0)
        ::listen(svr_sock_, 1024);
    return port;
}

void FakeServer::count(const std::string& path) {
    const std::scoped_lock lock(mutex_);
    ++paths_[path];
}

void FakeServer::serve(const std::string& path, const std::string& kind, bool open, Work work) {
    Post(
        path,
        [this, kind, open, work = std::move(work)](const Request& request, Response& response) {
            count(request.path);
            answer(request, response, kind, open, work);
        }
    );
}

void FakeServer::answer(
    const Request& request, Response& response, const std::string& kind, bool open, const Work& work
) {
    const auto faults = faults_.meet(kind);
    for (const Fault& fault : faults) {
        if (fault.kind == "slow")
            std::this_thread::sleep_for(std::chrono::milliseconds(fault.ms));
        if (fails_before(fault, request, response))
            return;
    }
    if (!open && !state_.knows(request.get_header_value("Authorization"))) {
        data(response, {401, {{"message", "Invalid Token"}}});
        return;
    }
    const json body = json::parse(request.body, nullptr, false);
    if (body.is_discarded() || !body.is_object()) {
        plain(response, 400, "Bad Request");
        return;
    }
    data(response, work(body));
    for (const Fault& fault : faults)
        fails_after(fault, request, response);
}

void FakeServer::serve_controls() {
    Post("/_control", [this](const Request& request, Response& response) {
        try {
            const json changes = json::parse(request.body);
            if (changes.contains("faults"))
                faults_.set(changes.at("faults"));
            state_.control(changes);
            data(response, {200, json::object()});
        } catch (const std::exception& wrong) {
            plain(response, 400, wrong.what());
        }
    });
    Get("/_log", [this](const Request&, Response& response) {
        json log = state_.log();
        const std::scoped_lock lock(mutex_);
        log["paths"] = paths_;
        data(response, {200, log});
    });
    Get("/_now", [this](const Request&, Response& response) {
        plain(response, 200, format_instant(state_.clock()));
    });
}

}  // namespace usagectl::test
