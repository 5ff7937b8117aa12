// SPDX-License-Identifier: MIT
#include "ingest/refusal.hpp"

#include <algorithm>

namespace usagectl {

namespace {

std::string reason_with_path(const NotTaken& file) {
    const auto& message = file.error->message;
    return message.starts_with(file.path) ? message : file.path + ": " + message;
}

Exit exit_of(const NotTaken& file) {
    return file.error ? file.error->exit : Exit::rejected;
}

}  // namespace

std::optional<Error> refusal_of(
    const std::vector<NotTaken>& failed, std::size_t files, std::vector<std::string>& reasons
) {
    if (failed.empty())
        return std::nullopt;
    if (failed.size() == 1 && failed.front().error) {
        auto error = *failed.front().error;
        error.message = reason_with_path(failed.front());
        return error;
    }
    Error error{Exit::rejected, "input_rejected", "", "the summary tells what was stored"};
    const bool alike = std::all_of(failed.begin(), failed.end(), [&](const NotTaken& file) {
        return exit_of(file) == exit_of(failed.front());
    });
    if (alike)
        error.exit = exit_of(failed.front());
    for (const auto& file : failed) {
        if (file.error)
            reasons.push_back(reason_with_path(file));
    }
    error.message = std::to_string(failed.size()) + " of " + std::to_string(files) +
                    (files == 1 ? " file was" : " files were") + " not taken, or not as a whole";
    return error;
}

}  // namespace usagectl
