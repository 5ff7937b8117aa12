// SPDX-License-Identifier: MIT
#include "market/fake_state.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "market/fake_usage.hpp"
#include "meter/kwh.hpp"

namespace usagectl::test {
namespace {

using nlohmann::json;

const std::set<std::string> ends{"completed", "failed", "t-failed", "pending", "weird"};

std::string text(const json& body, const char* name) {
    const auto found = body.find(name);
    if (found == body.end() || found->is_null())
        return {};
    return found->is_string() ? found->get<std::string>() : found->dump();
}

FakeAnswer refusal(const std::string& code, const std::string& reason, bool portal) {
    json body{{"RequestStatus", "FLR"}, {"statusCode", code}, {"statusReason", reason}};
    return {200, portal ? json{{"data", body}} : body};
}

FakeAnswer too_many(bool portal) {
    return refusal("5031", "Too many requests for this meter within an hour", portal);
}

}  // namespace

FakeState::FakeState(FakeOptions options)
    : options_(std::move(options))
    , zone_(*Zone::find(options_.zone).value()) {}

FakeState::Script FakeState::read_script(const json& text) {
    Script script;
    script.polls = text.value("polls", std::int64_t{1});
    script.stale = text.value("stale", std::int64_t{0});
    script.then = text.value("then", "completed");
    if (!ends.contains(script.then))
        throw std::invalid_argument("a read ends in no such way: " + script.then);
    return script;
}

void FakeState::control_meter(const std::string& esi_id, const json& changes) {
    Meter& changed = meter(esi_id);
    changed.named = true;
    for (const auto& [key, value] : changes.items()) {
        if (key == "number")
            changed.number = value;
        else if (key == "power")
            changed.power = value;
        else if (key == "power_polls")
            changed.power_polls = value;
        else if (key == "solar")
            changed.solar = value;
        else if (key == "silent")
            changed.silent = value;
        else if (key == "reads") {
            changed.reads.clear();
            changed.accepted = 0;
            for (const auto& script : value)
                changed.reads.push_back(read_script(script));
        } else
            throw std::invalid_argument("a meter has no " + key);
    }
}

void FakeState::control(const json& changes) {
    const std::scoped_lock lock(mutex_);
    for (const auto& [key, value] : changes.items()) {
        if (key == "now")
            fixed_ = value.is_null()
                         ? std::nullopt
                         : std::optional(parse_instant(value.get<std::string>()).value());
        else if (key == "skew_s")
            skew_ = std::chrono::seconds(value.get<std::int64_t>());
        else if (key == "lag_s")
            lag_ = std::chrono::seconds(value.get<std::int64_t>());
        else if (key == "token_life_s")
            token_life_ = std::chrono::seconds(value.get<std::int64_t>());
        else if (key == "token_tells")
            token_tells_ = value;
        else if (key == "quota") {
            quota_limit_ = value.at("limit");
            quota_window_ = std::chrono::seconds(value.value("window_s", std::int64_t{3600}));
        } else if (key == "reads") {
            reads_.clear();
            for (const auto& script : value)
                reads_.push_back(read_script(script));
        } else if (key == "meters") {
            for (const auto& [esi_id, changed] : value.items())
                control_meter(esi_id, changed);
        } else if (key == "only_named")
            only_named_ = value;
        else if (key == "shape")
            shape_ = value;
        else if (key == "duplicates")
            duplicates_ = value;
        else if (key == "foreign")
            foreign_ = value;
        else if (key != "faults")
            throw std::invalid_argument("nothing to control is called " + key);
    }
}

json FakeState::log() const {
    const std::scoped_lock lock(mutex_);
    json meters = json::object();
    for (const auto& [esi_id, known] : meters_)
        meters[esi_id] = known.counts;
    return {{"logins", logins_}, {"refused_logins", refused_logins_}, {"meters", meters}};
}

Instant FakeState::clock() const {
    const std::scoped_lock lock(mutex_);
    return told();
}

Instant FakeState::now() const {
    return fixed_ ? *fixed_ : SystemClock().now();
}

std::string FakeState::date(Instant at) const {
    const LocalTime local = zone_.local(at);
    const LocalDay day = std::chrono::floor<std::chrono::days>(local);
    const std::string iso = format_day(day);
    const auto seconds = (local - LocalTime(day)).count();
    const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return iso.substr(5, 2) + "/" + iso.substr(8, 2) + "/" + iso.substr(0, 4) + " " +
           two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60);
}

FakeState::Meter& FakeState::meter(const std::string& esi_id) {
    Meter& known = meters_[esi_id];
    if (known.number.empty())
        known.number = esi_id.substr(esi_id.size() > 9 ? esi_id.size() - 9 : 0);
    return known;
}

bool FakeState::exists(const std::string& esi_id) const {
    const auto found = meters_.find(esi_id);
    return !only_named_ || (found != meters_.end() && found->second.named);
}

FakeAnswer FakeState::log_in(const json& body, bool portal) {
    const std::scoped_lock lock(mutex_);
    if (text(body, "username") != options_.user || text(body, "password") != options_.password) {
        ++refused_logins_;
        const bool user = text(body, "username") == options_.user;
        return {
            400,
            {{"errormessage", user ? "ERR-USR-INVALIDPASSWORDERROR" : "ERR-USR-USERNOTFOUND"}}};
    }
    const std::string token = "fake-token-" + std::to_string(++logins_);
    tokens_["Bearer " + token] = now() + token_life_;
    if (portal)
        return {200, {{"token", token}}};
    json answer{{"statusCode", "200"}, {"accessToken", token}, {"tokenType", "Bearer"}};
    if (token_tells_)
        answer["expiresIn"] = std::to_string(token_life_.count());
    return {200, answer};
}

bool FakeState::knows(const std::string& authorization) const {
    const std::scoped_lock lock(mutex_);
    const auto found = tokens_.find(authorization);
    return found != tokens_.end() && now() < found->second;
}

bool FakeState::quota_used(const std::string& esi_id) const {
    if (quota_limit_ == 0)
        return false;
    std::int64_t used = 0;
    for (const Request& request : requests_) {
        const bool failed = request.over && request.script.then != "completed";
        used += request.esi_id == esi_id && !failed && now() - request.made < quota_window_ ? 1 : 0;
    }
    return used >= quota_limit_;
}

std::optional<std::size_t>
FakeState::accept(const std::string& esi_id, const std::string& trans_id) {
    Meter& asked = meter(esi_id);
    ++asked.counts["read_requests"];
    if (quota_used(esi_id)) {
        ++asked.counts["read_refused"];
        return {};
    }
    ++asked.counts["read_accepted"];
    const auto& scripts = asked.reads.empty() ? reads_ : asked.reads;
    const Script script =
        scripts.empty() ? Script{} : scripts[std::min(asked.accepted, scripts.size() - 1)];
    ++asked.accepted;
    requests_.push_back({esi_id, trans_id, now(), script});
    return requests_.size() - 1;
}

std::string FakeState::poll(Request& request) {
    if (request.script.stale > 0) {
        --request.script.stale;
        return "stale";
    }
    if (request.script.polls > 0) {
        --request.script.polls;
        return "PENDING";
    }
    if (request.script.then == "pending")
        return "PENDING";
    if (!request.over) {
        request.over = true;
        request.read_at = now();
    }
    if (request.script.then == "completed")
        return "COMPLETED";
    if (request.script.then == "weird")
        return "SUPERSEDED";
    return request.script.then == "failed" ? "FAILED" : "T-FAILED";
}

FakeAnswer FakeState::rest_read(const json& body) {
    const std::scoped_lock lock(mutex_);
    const std::string esi_id = text(body, "ESIID");
    if (text(body, "SMTTermsandConditions") != "Y" || text(body, "requestorID").empty())
        return refusal("1001", "Who asks, and on what terms?", false);
    if (!exists(esi_id))
        return refusal("1012", "ESI ID is not yours", false);
    const auto number = accept(esi_id, text(body, "trans_id"));
    if (!number)
        return too_many(false);
    return {
        200,
        {{"trans_id", text(body, "trans_id")},
         {"correlationId", std::to_string(*number + 1000)},
         {"statusCode", "0"},
         {"statusReason", "Request submitted successfully for further processing"}}};
}

FakeAnswer FakeState::rest_status(const json& body) {
    const std::scoped_lock lock(mutex_);
    const std::string number = text(body, "correlationId");
    json answer{{"trans_id", text(body, "trans_id")}, {"correlationId", number}};
    const auto found =
        std::find_if(requests_.begin(), requests_.end(), [&](const Request& request) {
            const auto position = static_cast<std::size_t>(&request - requests_.data());
            return number.empty() ? request.trans_id == text(body, "trans_id")
                                  : std::to_string(position + 1000) == number;
        });
    if (found == requests_.end())
        return {200, {{"errorCode", "1"}, {"errorMessage", "No data received"}}};
    ++meter(found->esi_id).counts["status"];
    std::string word = poll(*found);
    while (word == "stale")  // this service tells of a request by its number
        word = poll(*found);
    json read{{"registeredRead", 0}, {"readDate", date(found->made + skew_)}};
    if (word == "PENDING") {
        word = "PEN";
        answer["statusReason"] = "Request Submitted by API";
    } else if (word == "COMPLETED") {
        word = "0";
        answer["statusReason"] = "ODR retreived successfully";
        read["registeredRead"] = meter::kwh_text(fake_register_wh(found->read_at));
        read["readDate"] = date(found->read_at + skew_);
    } else {
        answer["statusReason"] = "The meter gave no read";
    }
    answer["statusCode"] = word;
    answer["odrRead"] = read;
    return {200, answer};
}

FakeAnswer FakeState::portal_meters() {
    const std::scoped_lock lock(mutex_);
    json list = json::array();
    for (const auto& [esi_id, known] : meters_) {
        if (exists(esi_id))
            list.push_back(
                {{"esiid", esi_id},
                 {"meterNumber", known.number},
                 {"meterMultiplier", 1},
                 {"recordStatus", "ESIID-RECORD-EXISTS"},
                 {"statusIndicator", true}}
            );
    }
    return {200, {{"data", list}}};
}

FakeAnswer FakeState::portal_read(const json& body) {
    const std::scoped_lock lock(mutex_);
    const std::string esi_id = text(body, "ESIID");
    if (!exists(esi_id) || meter(esi_id).number != text(body, "MeterNumber"))
        return refusal("1015", "No such meter", true);
    const auto number = accept(esi_id, "");
    if (!number)
        return too_many(true);
    return {
        200,
        {{"data",
          {{"trans_id", std::to_string(*number + 5000)},
           {"correlationId", std::to_string(*number + 1000)},
           {"statusCode", "0"},
           {"statusReason", "Request submitted successfully for further processing"}}}}};
}

FakeAnswer FakeState::portal_status(const json& body) {
    const std::scoped_lock lock(mutex_);
    const std::string esi_id = text(body, "ESIID");
    ++meter(esi_id).counts["status"];
    const auto newest =
        std::find_if(requests_.rbegin(), requests_.rend(), [&](const auto& request) {
            return request.esi_id == esi_id;
        });
    const std::string word = newest == requests_.rend() ? "stale" : poll(*newest);
    // The read before: yesterday's.
    const Instant before =
        (newest == requests_.rend() ? now() : newest->made) - std::chrono::hours(24);
    const Instant read_at = word == "COMPLETED" ? newest->read_at : before;
    const bool read = word == "stale" || word == "COMPLETED";
    json answer{
        {"odrstatus", word == "stale" ? "COMPLETED" : word},
        {"odrread", nullptr},
        {"odrusage", nullptr},
        {"odrdate", word == "PENDING" || read ? json(date(read_at + skew_)) : json(nullptr)},
        {"responseMessage", read ? "SUCCESS" : word}};
    if (read) {
        answer["odrread"] = meter::kwh_text(fake_register_wh(read_at));
        answer["odrusage"] = "9.600";
    }
    return {200, {{"data", answer}}};
}

FakeAnswer FakeState::power(const json& body, bool portal) {
    const std::scoped_lock lock(mutex_);
    const std::string esi_id = text(body, "ESIID");
    if (!exists(esi_id))
        return refusal("1012", "ESI ID is not yours", portal);
    Meter& asked = meter(esi_id);
    ++asked.counts["power"];
    json answer{{"esiid", esi_id}, {"statusCode", "0"}};
    if (asked.power_polls > 0) {
        --asked.power_polls;
        answer["statusCode"] = "PEN";
    } else {
        answer["powerStatus"] = asked.power;
        answer["statusDate"] = date(told());
    }
    return {200, portal ? json{{"data", answer}} : answer};
}

}  // namespace usagectl::test
