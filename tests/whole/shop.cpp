// SPDX-License-Identifier: MIT
#include "whole/shop.hpp"

#include <stdexcept>

#include "base/instant.hpp"

namespace usagectl::test {
namespace {

std::string whole_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string joined(const std::vector<std::string>& words) {
    std::string line = "usagectl";
    for (const auto& word : words)
        line += ' ' + word;
    return line;
}

}  // namespace

std::string Started::out() const {
    return whole_file(out_);
}

std::string Started::err() const {
    return whole_file(err_);
}

Shop::Shop(const std::string& url, const std::string& now) {
    environment = {
        {"HOME", files_.path()},
        {"XDG_CONFIG_HOME", files_.path("config")},
        {"XDG_DATA_HOME", files_.path("data")},
        {"XDG_CACHE_HOME", files_.path("cache")},
        {"USAGECTL_DB", url},
        {"USAGECTL_NOW", now},
        {"LC_ALL", "C.UTF-8"},
    };
    must({"db", "init", "--sandbox"});
}

Started Shop::start(const std::vector<std::string>& words) {
    const std::string name = files_.path("run." + std::to_string(++started_));
    std::vector<std::string> line{"env"};
    for (const auto& [key, value] : environment)
        line.push_back(key + "=" + value);
    line.emplace_back(USAGECTL);
    line.insert(line.end(), words.begin(), words.end());
    return {
        std::make_unique<Child>(line, name + ".out", name + ".err"), name + ".out", name + ".err"};
}

Finished Shop::run(const std::vector<std::string>& words) {
    auto started = start(words);
    const int exit = started.wait();
    return {exit, started.out(), started.err()};
}

Finished Shop::must(const std::vector<std::string>& words) {
    auto finished = run(words);
    if (finished.exit != 0)
        throw std::runtime_error(joined(words) + ": " + finished.err);
    return finished;
}

std::string
hourly(const std::vector<std::string>& meters, const std::string& start, int hours, int wh) {
    const Instant first = parse_instant(start).value();
    std::string text = "meter,start,wh,minutes\n";
    for (const auto& meter : meters) {
        for (int hour = 0; hour < hours; ++hour) {
            text += meter + "," + format_instant(first + std::chrono::hours(hour)) + "," +
                    std::to_string(wh) + ",60\n";
        }
    }
    return text;
}

}  // namespace usagectl::test
