// SPDX-License-Identifier: MIT
#include "transcripts/transcript.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <sstream>
#include <stdexcept>

namespace usagectl::transcripts {

namespace {

bool is_mark(const std::string& line) {
    return line.starts_with("$ ") || line.starts_with("! ") || line == "!" ||
           line.starts_with("# ") || line == "#" || line.starts_with("[exit ") ||
           line.starts_with("\\");
}

std::string escaped(const std::string& text, const std::string& before) {
    std::istringstream lines(text);
    std::string result;
    for (std::string line; std::getline(lines, line);) {
        if (before.empty()) {
            result += (is_mark(line) ? "\\" : "") + line + "\n";
        } else {
            result += line.empty() ? "!\n" : before + line + "\n";
        }
    }
    return result;
}

void check_pipe(int result) {
    if (result != 0)
        throw std::runtime_error("cannot make a pipe");
}

// Reads both ends until both are closed.
void drain(int out, int err, Outcome& outcome) {
    std::array<pollfd, 2> ends{pollfd{out, POLLIN, 0}, pollfd{err, POLLIN, 0}};
    std::array<std::string*, 2> texts{&outcome.out, &outcome.err};
    int open = 2;
    while (open > 0) {
        if (::poll(ends.data(), ends.size(), -1) < 0)
            continue;
        for (std::size_t i = 0; i < ends.size(); ++i) {
            if (ends[i].fd < 0 || ends[i].revents == 0)
                continue;
            std::array<char, 65536> buffer;
            const auto got = ::read(ends[i].fd, buffer.data(), buffer.size());
            if (got > 0) {
                texts[i]->append(buffer.data(), static_cast<std::size_t>(got));
                continue;
            }
            ::close(ends[i].fd);
            ends[i].fd = -1;
            --open;
        }
    }
}

[[noreturn]] void become(
    const std::string& command,
    const std::string& folder,
    const std::vector<std::string>& environment,
    int out,
    int err
) {
    const int nothing = ::open("/dev/null", O_RDONLY);
    ::dup2(nothing, 0);
    ::dup2(out, 1);
    ::dup2(err, 2);
    if (::chdir(folder.c_str()) != 0)
        ::_exit(126);
    std::vector<char*> variables;
    variables.reserve(environment.size() + 1);
    for (const auto& variable : environment)
        variables.push_back(const_cast<char*>(variable.c_str()));
    variables.push_back(nullptr);
    const std::array<const char*, 4> words{"bash", "-c", command.c_str(), nullptr};
    ::execve("/bin/bash", const_cast<char* const*>(words.data()), variables.data());
    ::_exit(127);
}

}  // namespace

Transcript parse(const std::string& text) {
    Transcript transcript;
    std::istringstream lines(text);
    std::string comment;
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        const bool in_step = !transcript.steps.empty() && comment.empty();
        if (line.starts_with("$ ")) {
            transcript.steps.push_back({comment, line.substr(2), {}});
            comment.clear();
        } else if (line.starts_with("# ") || line == "#" || !in_step) {
            comment += line + "\n";
        } else if (line.starts_with("! ") || line == "!") {
            auto& err = transcript.steps.back().expected.err;
            err += (line == "!" ? "" : line.substr(2)) + "\n";
        } else if (line.starts_with("[exit ")) {
            transcript.steps.back().expected.exit = std::stoi(line.substr(6));
        } else {
            auto& out = transcript.steps.back().expected.out;
            out += (line.starts_with("\\") ? line.substr(1) : line) + "\n";
        }
    }
    transcript.tail = comment;
    if (transcript.steps.empty()) {
        throw std::runtime_error("no command in " + std::to_string(number) + " lines");
    }
    return transcript;
}

std::string format(const Transcript& transcript) {
    std::string text;
    for (const auto& step : transcript.steps) {
        text += step.comment + "$ " + step.command + "\n";
        text += escaped(step.expected.out, "") + escaped(step.expected.err, "! ");
        if (step.expected.exit != 0) {
            text += "[exit " + std::to_string(step.expected.exit) + "]\n";
        }
    }
    return text + transcript.tail;
}

Outcome
run(const std::string& command,
    const std::string& folder,
    const std::vector<std::string>& environment) {
    std::array<int, 2> out{};
    std::array<int, 2> err{};
    check_pipe(::pipe2(out.data(), O_CLOEXEC));
    check_pipe(::pipe2(err.data(), O_CLOEXEC));
    const pid_t child = ::fork();
    if (child < 0)
        throw std::runtime_error("cannot fork");
    if (child == 0)
        become(command, folder, environment, out[1], err[1]);
    ::close(out[1]);
    ::close(err[1]);
    Outcome outcome;
    drain(out[0], err[0], outcome);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {
    }
    outcome.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return outcome;
}

}  // namespace usagectl::transcripts
