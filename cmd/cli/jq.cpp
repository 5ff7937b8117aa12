// SPDX-License-Identifier: MIT
#include "cli/jq.hpp"

#include "base/module.hpp"
#include "cli/jq_module.hpp"

namespace usagectl::cli {

namespace {

struct Heard {
    std::string complaint;
    const std::function<void(std::string_view)>* emit = nullptr;
    std::exception_ptr failure = {};
};

// jq sends several lines; the first says what is wrong and where.
void hear_complaint(void* heard, const char* text, std::size_t size) {
    auto& complaint = static_cast<Heard*>(heard)->complaint;
    const std::string_view all(text, size);
    if (complaint.empty())
        complaint = all.substr(0, all.find('\n'));
}

// Nothing may be thrown through C frames: a failed write is kept and thrown behind them.
void hear_result(void* heard, const char* text, std::size_t size) {
    auto& to = *static_cast<Heard*>(heard);
    if (to.failure)
        return;
    try {
        (*to.emit)({text, size});
    } catch (...) {
        to.failure = std::current_exception();
    }
}

}  // namespace

Result<Jq> Jq::compile(const std::string& program) {
    auto* compile = module_function<decltype(usagectl_jq_compile)>("jq", "usagectl_jq_compile");
    auto* release = module_function<decltype(usagectl_jq_free)>("jq", "usagectl_jq_free");
    Heard heard;
    auto* state = compile(program.c_str(), &heard, hear_complaint);
    if (state == nullptr) {
        return refuse(Exit::usage, "malformed_jq", "--jq: " + heard.complaint);
    }
    return Jq(std::shared_ptr<void>(state, release));
}

Result<void>
Jq::run(const std::string& json, const std::function<void(std::string_view)>& emit) const {
    static auto* const run = module_function<decltype(usagectl_jq_run)>("jq", "usagectl_jq_run");
    Heard heard;
    heard.emit = &emit;
    const bool done =
        run(state_.get(), json.data(), json.size(), &heard, hear_result, hear_complaint);
    if (heard.failure)
        std::rethrow_exception(heard.failure);
    if (done)
        return {};
    return refuse(Exit::usage, "jq_failed", "--jq: " + heard.complaint);
}

}  // namespace usagectl::cli
