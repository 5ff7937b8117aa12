// SPDX-License-Identifier: MIT
#include "net/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace usagectl::test {

using std::chrono::milliseconds;

Child::Child(
    const std::vector<std::string>& words, const std::string& log, const std::string& errors
)
    : name_(words.at(0))
    , log_(log) {
    std::vector<std::string> copy = words;
    std::vector<char*> arguments;
    for (auto& word : copy)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(
        &actions, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600
    );
    if (errors.empty()) {
        ::posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
    } else {
        ::posix_spawn_file_actions_addopen(
            &actions, STDERR_FILENO, errors.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600
        );
    }
    const int error =
        ::posix_spawnp(&id_, name_.c_str(), &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        throw std::runtime_error(name_ + " cannot be run; tests/install.sh test installs it");
    // glibc 2.36 declares pidfd_open without C linkage.
    ended_ = Socket(static_cast<int>(::syscall(SYS_pidfd_open, id_, 0)));
}

Child::~Child() {
    if (id_ <= 0)
        return;
    ::kill(id_, SIGTERM);
    if (!ends_within(std::chrono::seconds(2)))
        ::kill(id_, SIGKILL);
    static_cast<void>(wait());
}

int Child::wait() {
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0) {
        if (errno != EINTR)
            return -1;
    }
    id_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool Child::alive() const {
    return id_ > 0 && !ends_within(milliseconds(0));
}

void Child::kill() {
    if (id_ > 0)
        ::kill(id_, SIGKILL);
}

bool Child::ends_within(milliseconds time) const {
    pollfd ended{ended_.get(), POLLIN, 0};
    return ::poll(&ended, 1, static_cast<int>(time.count())) > 0;
}

void Child::wait_for_port(int port) {
    constexpr milliseconds between{2};
    for (milliseconds waited{0}; waited < std::chrono::seconds(10); waited += between) {
        if (can_connect(port))
            return;
        if (ends_within(between))
            failed("ended before it listened");
    }
    failed("does not listen");
}

void Child::failed(const std::string& what) const {
    std::ifstream log(log_);
    const std::string said(std::istreambuf_iterator<char>(log), {});
    throw std::runtime_error(name_ + " " + what + ": " + said);
}

}  // namespace usagectl::test
