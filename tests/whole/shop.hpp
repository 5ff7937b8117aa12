// SPDX-License-Identifier: MIT
// A provider's shop: the program itself with a home, a configuration and a datastore of its own.
// Its command lines run as processes, as an operator's do.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "net/child.hpp"
#include "store/place.hpp"
#include "support/scratch.hpp"

namespace usagectl::test {

// A command line that was started.
class Started {
public:
    Started(std::unique_ptr<Child> child, std::string out, std::string err)
        : child_(std::move(child))
        , out_(std::move(out))
        , err_(std::move(err)) {}

    // Its exit status; 137 when it was killed.
    int wait() { return child_->wait(); }
    [[nodiscard]] bool alive() const { return child_->alive(); }
    [[nodiscard]] bool ends_within(std::chrono::milliseconds time) const {
        return child_->ends_within(time);
    }
    void kill() { child_->kill(); }
    [[nodiscard]] std::string out() const;
    [[nodiscard]] std::string err() const;

private:
    std::unique_ptr<Child> child_;
    std::string out_;
    std::string err_;
};

struct Finished {
    int exit = 0;
    std::string out;
    std::string err;
    [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(out); }
};

class Shop {
public:
    // `now`: the shop's business time. The datastore is made.
    Shop(const std::string& url, const std::string& now);

    [[nodiscard]] Started start(const std::vector<std::string>& words);
    [[nodiscard]] Finished run(const std::vector<std::string>& words);
    // Runs it and throws what it says when it does not exit with 0.
    Finished must(const std::vector<std::string>& words);
    void set(const std::string& key, const std::string& value) {
        must({"config", "set", key, value});
    }

    [[nodiscard]] const Scratch& files() const { return files_; }

    std::map<std::string, std::string> environment;

private:
    Scratch files_;
    int started_ = 0;
};

// Reads as plain csv: `hours` hours of `wh` for each meter, from `start`.
[[nodiscard]] std::string
hourly(const std::vector<std::string>& meters, const std::string& start, int hours, int wh);

}  // namespace usagectl::test
