// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

#include "base/assert.hpp"
#include "base/descriptor.hpp"
#include "net/credentials.hpp"

// The caller's environment, which a helper gets as it is.
extern "C" char** environ;

namespace usagectl::net {
namespace {

constexpr std::size_t longest_question = 4096;  // what a pipe always takes at once
constexpr std::size_t longest_answer = 64 << 10;

tl::unexpected<Error> failed(std::string why) {
    return refuse(
        Exit::refused,
        "credential_helper_failed",
        "the credential helper " + std::move(why),
        "run it yourself with the word get, and give it protocol= and host= lines and an empty line"
    );
}

tl::unexpected<Error> system_failed(const char* what) {
    return failed(
        "cannot be run: " + std::string(what) + ": " + std::generic_category().message(errno)
    );
}

// Neither key nor value may end its line: the rest would be read as further keys.
bool add_line(std::string& text, std::string_view key, const std::string& value) {
    if (value.find_first_of(std::string_view("\n\r\0", 3)) != std::string::npos)
        return false;
    if (!value.empty())
        text.append(key).append("=").append(value).append("\n");
    return true;
}

Result<std::string> question_text(const CredentialQuestion& question) {
    std::string text;
    const bool sound =
        add_line(text, "protocol", question.protocol) && add_line(text, "host", question.host) &&
        add_line(text, "path", question.path) && add_line(text, "username", question.user);
    text += '\n';
    if (!sound || text.size() > longest_question) {
        return refuse(
            Exit::usage,
            "credential_question_malformed",
            "the address to ask the credential helper about holds a line break, or is too long"
        );
    }
    return text;
}

// One run of a helper: ended when this ends, whatever became of it.
class Run {
public:
    Run() = default;
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;
    ~Run() {
        wipe(answer_);
        if (child_ <= 0)
            return;
        ::kill(child_, SIGKILL);
        static_cast<void>(wait());
    }

    Result<void> start(const std::string& command, const std::string& question);
    // Reads until the helper has closed its output and ended.
    Result<void> finish(std::chrono::milliseconds timeout);
    [[nodiscard]] const std::string& answer() const { return answer_; }

private:
    // The helper's wait status.
    int wait() {
        int status = 0;
        while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
        }
        child_ = -1;
        return status;
    }
    Result<bool> read_some();

    pid_t child_ = -1;
    Descriptor ended_;
    Descriptor output_;
    std::string answer_;
};

Result<void> Run::start(const std::string& command, const std::string& question) {
    std::array<int, 2> in{};
    std::array<int, 2> out{};
    if (::pipe2(in.data(), O_CLOEXEC) != 0)
        return system_failed("pipe");
    const Descriptor child_in(in[0]);
    {
        // All of it fits, and it is there before the helper is: writing can neither wait nor meet a
        // closed pipe.
        const Descriptor ours(in[1]);
        if (::write(ours.number(), question.data(), question.size()) !=
            static_cast<ssize_t>(question.size()))
            return system_failed("write");
    }
    if (::pipe2(out.data(), O_CLOEXEC) != 0)
        return system_failed("pipe");
    output_.reset(out[0]);
    const Descriptor child_out(out[1]);

    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawn_file_actions_adddup2(&actions, child_in.number(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, child_out.number(), STDOUT_FILENO);
    // What this program ignores, the helper need not.
    sigset_t defaults;
    ::sigemptyset(&defaults);
    ::sigaddset(&defaults, SIGPIPE);
    ::posix_spawnattr_setsigdefault(&attributes, &defaults);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    std::string line = command + " get";
    std::array<char*, 4> words{
        const_cast<char*>("sh"), const_cast<char*>("-c"), line.data(), nullptr};
    const int error =
        ::posix_spawn(&child_, "/bin/sh", &actions, &attributes, words.data(), environ);
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        child_ = -1;
        errno = error;
        return system_failed("/bin/sh");
    }
    // glibc 2.36 declares pidfd_open without C linkage.
    ended_.reset(static_cast<int>(::syscall(SYS_pidfd_open, child_, 0)));
    if (ended_.number() < 0)
        return system_failed("pidfd_open");
    return {};
}

// False at the end.
Result<bool> Run::read_some() {
    std::array<char, 4096> piece;
    const ssize_t got = ::read(output_.number(), piece.data(), piece.size());
    if (got < 0 && errno != EINTR)
        return system_failed("read");
    if (got > 0)
        answer_.append(piece.data(), static_cast<std::size_t>(got));
    piece.fill('\0');
    if (answer_.size() > longest_answer)
        return failed("says more than 64 KiB");
    return got != 0;
}

Result<void> Run::finish(std::chrono::milliseconds timeout) {
    USAGECTL_ASSERT(timeout > std::chrono::milliseconds(0));
    const Descriptor deadline(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC));
    itimerspec once{};
    once.it_value.tv_sec = timeout.count() / 1000;
    once.it_value.tv_nsec = timeout.count() % 1000 * 1'000'000;
    if (::timerfd_settime(deadline.number(), 0, &once, nullptr) != 0)
        return system_failed("timerfd");

    answer_.reserve(longest_answer + 4096);  // never moved: no copy is left behind
    std::array<pollfd, 2> either{
        pollfd{deadline.number(), POLLIN, 0}, pollfd{output_.number(), POLLIN, 0}};
    for (bool reading = true;;) {
        either[1].fd = reading ? output_.number() : ended_.number();
        if (::poll(either.data(), either.size(), -1) < 0) {
            if (errno == EINTR)
                continue;
            return system_failed("poll");
        }
        if (either[0].revents != 0)
            return failed("did not answer within " + std::to_string(timeout.count()) + " ms");
        if (!reading)
            break;
        const auto more = read_some();
        if (!more)
            return tl::unexpected(more.error());
        reading = *more;
    }
    const int status = wait();
    if (!WIFEXITED(status))
        return failed("was ended by signal " + std::to_string(WTERMSIG(status)));
    if (WEXITSTATUS(status) != 0)
        return failed("ended with exit status " + std::to_string(WEXITSTATUS(status)));
    return {};
}

}  // namespace

Result<Credentials> ask_helper(
    const std::string& command,
    const CredentialQuestion& question,
    std::chrono::milliseconds timeout
) {
    const auto text = question_text(question);
    if (!text)
        return tl::unexpected(text.error());
    Run run;
    if (auto started = run.start(command, *text); !started)
        return tl::unexpected(started.error());
    if (auto finished = run.finish(timeout); !finished)
        return tl::unexpected(finished.error());

    Credentials found{question.user, {}};
    std::string_view rest = run.answer();
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.starts_with("username="))
            found.user = line.substr(9);
        else if (line.starts_with("password="))
            found.password = Secret(std::string(line.substr(9)));
    }
    if (found.password.empty())
        return failed("knows no password for " + question.host);
    return found;
}

}  // namespace usagectl::net
