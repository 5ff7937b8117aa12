// SPDX-License-Identifier: MIT
#include "net/retrying_folder.hpp"

#include <utility>

#include "base/assert.hpp"
#include "base/text.hpp"

namespace usagectl::net {
namespace {

constexpr bool repeatable = true;
constexpr bool once = false;

}  // namespace

RetryingFolder::RetryingFolder(
    std::unique_ptr<app::RemoteFolder> inner,
    const RetryRules& rules,
    std::unique_ptr<Sleeper> sleeper,
    Random random,
    std::function<void(std::string)> log
)
    : inner_(std::move(inner))
    , rules_(rules)
    , sleeper_(std::move(sleeper))
    , random_(std::move(random))
    , log_(std::move(log)) {
    USAGECTL_ASSERT(inner_ && sleeper_ && random_);
}

template <class Work>
auto RetryingFolder::repeat(const std::string& what, bool again, const Work& work) {
    for (int number = 1;; ++number) {
        try {
            return work();
        } catch (const Failure& failure) {
            if (!waited(what, failure.error(), {.number = number, .repeatable = again}))
                throw;
        }
    }
}

// False when this error is final, or the wait was interrupted.
bool RetryingFolder::waited(const std::string& what, const Error& error, Attempt attempt) {
    // A full disk may pass as well, but not while we wait.
    const bool of_the_network =
        error.code.starts_with("network_") || error.code == "remote_refused";
    attempt.retryable = error.retryable && of_the_network;
    attempt.sent = error.code != "network_unreachable";
    const auto wait = wait_before_next(rules_, attempt, random_);
    if (!wait)
        return false;
    if (log_) {
        log_(
            what + ": " + error.code + ", again in " + std::to_string(wait->count()) +
            " ms (attempt " + std::to_string(attempt.number + 1) + " of " +
            std::to_string(rules_.attempts) + ")"
        );
    }
    return sleeper_->sleep_for(*wait);
}

std::vector<app::RemoteFile> RetryingFolder::list() {
    return repeat("listing " + shown(), repeatable, [this] { return inner_->list(); });
}

void RetryingFolder::fetch(
    const std::string& name,
    const std::string& path,
    const std::function<bool(std::uint64_t)>& progress
) {
    repeat("fetching " + quoted(name), repeatable, [&] { inner_->fetch(name, path, progress); });
}

void RetryingFolder::move(const std::string& name, const std::string& folder) {
    repeat("moving " + quoted(name), once, [&] { inner_->move(name, folder); });
}

void RetryingFolder::remove(const std::string& name) {
    repeat("deleting " + quoted(name), once, [&] { inner_->remove(name); });
}

}  // namespace usagectl::net
