// SPDX-License-Identifier: MIT
#include "system.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <string>
#include <system_error>
#include <vector>

#include <pwd.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace usagectl {

namespace {

volatile std::sig_atomic_t signal_came = 0;
volatile std::sig_atomic_t somebody_asks = 0;

extern "C" void handle_signal(int) {
    if (somebody_asks == 0 || signal_came != 0)
        ::_exit(static_cast<int>(Exit::interrupted));
    signal_came = 1;
}

}  // namespace

void install_signals() {
    struct sigaction action {};
    action.sa_handler = SIG_IGN;
    ::sigaction(SIGPIPE, &action, nullptr);
    action.sa_handler = handle_signal;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

bool interrupted() {
    somebody_asks = 1;
    return signal_came != 0;
}

void look_at_terminal(cli::Streams& streams) {
    streams.in_is_terminal = ::isatty(STDIN_FILENO) == 1;
    streams.out_is_terminal = ::isatty(STDOUT_FILENO) == 1;
    streams.err_is_terminal = ::isatty(STDERR_FILENO) == 1;
    const int terminal = streams.out_is_terminal ? STDOUT_FILENO : STDERR_FILENO;
    winsize size{};
    if (::ioctl(terminal, TIOCGWINSZ, &size) != 0)
        return;
    if (size.ws_col != 0)
        streams.width = size.ws_col;
    if (size.ws_row != 0)
        streams.height = size.ws_row;
}

std::optional<std::string> environment_variable(std::string_view name) {
    const char* value = std::getenv(std::string(name).c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::string os_user() {
    const auto user = ::geteuid();
    passwd entry{};
    passwd* found = nullptr;
    std::vector<char> buffer(16384);
    if (::getpwuid_r(user, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) {
        return found->pw_name;
    }
    return "uid:" + std::to_string(user);
}

std::chrono::milliseconds steady_time() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now().time_since_epoch()
    );
}

int become(const cli::Program& program) {
    for (const auto& [name, value] : program.variables) {
        ::setenv(name.c_str(), value.c_str(), 1);
    }
    // An ignored signal would stay ignored in the new program.
    std::signal(SIGPIPE, SIG_DFL);
    std::vector<std::string> words{program.path};
    words.insert(words.end(), program.arguments.begin(), program.arguments.end());
    std::vector<char*> pointers;
    pointers.reserve(words.size() + 1);
    for (auto& word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    ::execv(program.path.c_str(), pointers.data());
    throw Failure(
        "program_failed",
        "cannot run " + program.path + ": " + std::generic_category().message(errno)
    );
}

}  // namespace usagectl
