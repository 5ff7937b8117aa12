// SPDX-License-Identifier: MIT
#include "market/fake_faults.hpp"

#include <set>
#include <stdexcept>

namespace usagectl::test {
namespace {

const std::set<std::string> places{
    "token", "meters", "read", "status", "intervals", "power", "any"};
const std::set<std::string> kinds{
    "unauthorized",
    "forbidden",
    "throttled",
    "busy",
    "not_found",
    "html",
    "html_busy",
    "wrong_json",
    "wrong_types",
    "empty",
    "quota",
    "refuse",
    "reset",
    "crash",
    "html_after",
    "slow"};

[[nodiscard]] Fault read(const nlohmann::json& item) {
    Fault fault;
    fault.at = item.value("at", "any");
    fault.kind = item.at("kind");
    fault.times = item.value("times", std::int64_t{1});
    fault.after = item.value("after", std::int64_t{0});
    fault.ms = item.value("ms", std::int64_t{0});
    if (item.contains("retry_after"))
        fault.retry_after = item.at("retry_after").get<std::int64_t>();
    if (!places.contains(fault.at) || !kinds.contains(fault.kind))
        throw std::invalid_argument("no such fault: " + item.dump());
    return fault;
}

}  // namespace

void Faults::set(const nlohmann::json& list) {
    std::vector<Fault> faults;
    for (const auto& item : list)
        faults.push_back(read(item));
    const std::scoped_lock lock(mutex_);
    faults_ = std::move(faults);
}

std::vector<Fault> Faults::meet(const std::string& at) {
    const std::scoped_lock lock(mutex_);
    std::vector<Fault> met;
    for (Fault& fault : faults_) {
        if ((fault.at != "any" && fault.at != at) || fault.times == 0)
            continue;
        if (fault.after > 0) {
            --fault.after;
            continue;
        }
        if (fault.times > 0)
            --fault.times;
        met.push_back(fault);
    }
    return met;
}

}  // namespace usagectl::test
