// SPDX-License-Identifier: MIT
// A jq program, compiled once, run over any number of documents. libjq lives in a module of its
// own (jq_module.cpp) and is loaded by the first Jq.
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace usagectl::cli {

class Jq {
public:
    // Error code `malformed_jq`, exit 2, with jq's own words.
    [[nodiscard]] static Result<Jq> compile(const std::string& program);

    // Each result is handed to `emit`: a string as it is, anything else as JSON. Error code
    // `jq_failed`, exit 2, when the program fails on this document.
    [[nodiscard]] Result<void>
    run(const std::string& json, const std::function<void(std::string_view)>& emit) const;

private:
    explicit Jq(std::shared_ptr<void> state)
        : state_(std::move(state)) {}
    std::shared_ptr<void> state_;
};

}  // namespace usagectl::cli
