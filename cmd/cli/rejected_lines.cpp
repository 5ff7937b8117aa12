// SPDX-License-Identifier: MIT
#include "cli/rejected_lines.hpp"

#include "cli/context.hpp"
#include "cli/sinks.hpp"

namespace usagectl::cli {

RejectedLines::RejectedLines(const std::optional<std::string>& path, std::string file)
    : file_(std::move(file)) {
    if (path)
        out_.emplace(*path);
}

void RejectedLines::add(std::uint64_t line, const Error& error, std::string_view record) {
    if (!out_)
        return;
    Json object;
    object["file"] = file_;
    object["line"] = line;
    object["column"] = nullptr;
    object["code"] = error.code;
    object["reason"] = error.message;
    object["record"] = record;
    out_->write(json_text(object) + "\n");
}

void RejectedLines::finish() {
    if (out_)
        out_->finish();
}

}  // namespace usagectl::cli
