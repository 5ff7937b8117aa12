// SPDX-License-Identifier: MIT
#include "network.hpp"

#include <chrono>

#include "base/secret_file.hpp"
#include "net/credentials.hpp"
#include "net/market_profile.hpp"
#include "net/remote_folder.hpp"
#include "net/retry.hpp"

namespace usagectl {

namespace {

template <class T>
T must(Result<T> result) {
    if (!result)
        throw Failure(std::move(result.error()));
    return std::move(*result);
}

std::optional<std::string> none_if_empty(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

std::vector<std::string> split_commas(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto end = text.find(',');
        const auto part = trimmed(text.substr(0, end));
        if (!part.empty())
            parts.emplace_back(part);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return parts;
}

net::ConnectionOptions connection(const cli::NetworkUse& use) {
    const auto& settings = use.settings;
    net::ConnectionOptions options;
    options.connect = std::chrono::seconds(settings.integer("net.connect_seconds"));
    options.stall = std::chrono::seconds(settings.integer("net.stall_seconds"));
    options.ca_file = none_if_empty(settings.text("net.ca_file"));
    options.proxy = none_if_empty(settings.text("net.proxy"));
    options.allowed_hosts = split_commas(settings.text("net.allowed_hosts"));
    options.log = use.log;
    options.interrupted = use.interrupted;
    return options;
}

// scheme://[user@]host[:port]/path, as far as a credential helper needs it.
net::CredentialQuestion question_of(std::string_view url, const std::string& user) {
    net::CredentialQuestion question;
    const auto scheme = url.find("://");
    question.protocol = url.substr(0, scheme);
    auto rest = scheme == std::string_view::npos ? std::string_view() : url.substr(scheme + 3);
    const auto slash = rest.find('/');
    if (slash != std::string_view::npos) {
        question.path = rest.substr(slash + 1);
        rest = rest.substr(0, slash);
    }
    question.user = user;
    if (const auto at = rest.rfind('@'); at != std::string_view::npos) {
        question.user = rest.substr(0, at);
        rest.remove_prefix(at + 1);
    }
    question.host = rest;
    return question;
}

// From a descriptor, else a file, else a helper; nothing when none is configured.
net::Credentials credentials(
    std::string_view url,
    const std::string& user,
    int descriptor,
    const std::string& file,
    const std::string& helper
) {
    if (descriptor >= 0)
        return {user, must(read_secret_descriptor(descriptor))};
    if (!file.empty())
        return {user, must(read_secret_file(file))};
    if (!helper.empty())
        return must(net::ask_helper(helper, question_of(url, user)));
    return {user, Secret()};
}

// Everything a market needs, kept as long as it is.
class LinkedMarket final : public market::Market {
public:
    LinkedMarket(net::MarketProfile profile, const Zone& zone, const cli::NetworkUse& use)
        : sleeper_(net::system_sleeper(use.interrupted))
        , http_(net::make_http_client(connection(use)))
        , retrying_(*http_, {}, use.clock, *sleeper_, net::system_random(), use.log)
        , market_(net::make_market(profile, retrying_, use.clock, zone)) {}

    market::Outcome<market::Ticket>
    request_read(const market::Subject& subject, const std::string& reference) override {
        return market_->request_read(subject, reference);
    }
    market::Outcome<market::ReadStatus> read_status(
        const market::Subject& subject, const market::Ticket& ticket, const std::string& reference
    ) override {
        return market_->read_status(subject, ticket, reference);
    }
    market::Outcome<std::vector<market::MeterReads>>
    intervals(std::span<const std::string> esi_ids, LocalDay first, LocalDay last) override {
        return market_->intervals(esi_ids, first, last);
    }
    market::Outcome<market::PowerStatus>
    power_status(const market::Subject& subject, const std::string& reference) override {
        return market_->power_status(subject, reference);
    }

private:
    std::unique_ptr<net::Sleeper> sleeper_;
    std::unique_ptr<net::HttpClient> http_;
    net::RetryingClient retrying_;
    std::unique_ptr<market::Market> market_;
};

void override_paths(net::MarketPaths& paths, const cli::Settings& settings) {
    const auto set = [&](std::string& path, std::string_view key) {
        if (const auto& text = settings.text(key); !text.empty())
            path = text;
    };
    set(paths.token, "market.path.token");
    set(paths.meters, "market.path.meters");
    set(paths.request_read, "market.path.request_read");
    set(paths.read_status, "market.path.read_status");
    set(paths.intervals, "market.path.intervals");
    set(paths.power_status, "market.path.power_status");
}

net::MarketProfile profile(const cli::Settings& settings) {
    auto profile = net::market_profile(settings.text("market.kind"));
    if (!profile) {
        throw Failure(
            "market_not_configured",
            "no market is configured to ask",
            "usagectl config set market.kind smt-portal, and market.user and market.password_file; "
            "or ask without the market for what the store already covers"
        );
    }
    if (const auto& url = settings.text("market.url"); !url.empty())
        profile->base_url = url;
    if (const auto& auth = settings.text("market.auth"); !auth.empty())
        profile->auth = auth == "basic" ? net::MarketAuth::basic : net::MarketAuth::bearer;
    override_paths(profile->paths, settings);
    profile->requestor_id = settings.text("market.requestor_id");
    profile->requester_type = settings.text("market.requester_type");
    profile->duns = settings.text("market.duns");
    return std::move(*profile);
}

class SystemPace final : public app::Pace {
public:
    SystemPace(std::function<bool()> interrupted, std::function<void(std::string_view)> tell)
        : sleeper_(net::system_sleeper(std::move(interrupted)))
        , tell_(std::move(tell)) {}

    std::int64_t now_ms() override { return machine_ms(); }
    bool wait(std::chrono::milliseconds time) override { return sleeper_->sleep_for(time); }
    void tell(std::string_view what) override {
        if (tell_)
            tell_(what);
    }

private:
    std::unique_ptr<net::Sleeper> sleeper_;
    std::function<void(std::string_view)> tell_;
};

std::optional<net::Ftps> ftps_mode(const std::string& text) {
    if (text == "implicit")
        return net::Ftps::implicit;
    if (text == "explicit")
        return net::Ftps::explicit_;
    return std::nullopt;
}

}  // namespace

std::unique_ptr<app::RemoteFolder>
Net::folder(const cli::Source& source, const cli::NetworkUse& use) {
    const auto property = [&](std::string_view name) {
        const auto found = source.find(name);
        return found == source.end() ? std::string() : found->second;
    };
    const auto or_setting = [&](std::string_view name) {
        const auto own = property(name);
        return own.empty() ? use.settings.text("net." + std::string(name)) : own;
    };
    net::RemoteOptions options;
    options.connection = connection(use);
    options.url = property("url");
    options.ftps = ftps_mode(property("ftps"));
    if (const auto ca = property("ca_file"); !ca.empty())
        options.connection.ca_file = ca;
    options.identity_file = none_if_empty(or_setting("identity_file"));
    options.host_key_sha256 = none_if_empty(property("host_key_sha256"));
    options.known_hosts = none_if_empty(or_setting("known_hosts"));
    if (!options.known_hosts) {
        if (const auto home = use.environment("HOME"))
            options.known_hosts = *home + "/.ssh/known_hosts";
    }
    auto found = credentials(
        options.url,
        property("user"),
        use.password_descriptor,
        or_setting("password_file"),
        or_setting("credential_helper")
    );
    options.user = std::move(found.user);
    options.password = std::move(found.password);
    options.durable = false;  // the server has it until the store has it
    return net::open_remote(options);
}

std::unique_ptr<market::Market> Net::market(const Zone& zone, const cli::NetworkUse& use) {
    const auto& settings = use.settings;
    auto chosen = profile(settings);
    auto found = credentials(
        chosen.base_url,
        settings.text("market.user"),
        use.password_descriptor,
        settings.text("market.password_file"),
        settings.text("market.credential_helper")
    );
    chosen.user = std::move(found.user);
    chosen.password = std::move(found.password);
    return std::make_unique<LinkedMarket>(std::move(chosen), zone, use);
}

std::unique_ptr<app::Pace>
Net::pace(std::function<bool()> interrupted, std::function<void(std::string_view)> tell) {
    return std::make_unique<SystemPace>(std::move(interrupted), std::move(tell));
}

}  // namespace usagectl
