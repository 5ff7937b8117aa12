// SPDX-License-Identifier: MIT
// A transcript: command lines as a person types them, and exactly what came back.
//
//   # a comment
//   $ usagectl usage show 1 --by day
//   expected standard output
//   ! expected standard error
//   [exit 3]
//
// Lines before the first `$` are comment. `[exit N]` is there when N is not 0. A line of output
// that would be read as one of these marks is written after a backslash.
#pragma once

#include <string>
#include <vector>

namespace usagectl::transcripts {

struct Outcome {
    std::string out;
    std::string err;
    int exit = 0;
    bool operator==(const Outcome&) const = default;
};

struct Step {
    std::string comment;  // everything before the command, verbatim
    std::string command;
    Outcome expected;
};

struct Transcript {
    std::vector<Step> steps;
    std::string tail;  // comment after the last step
};

// Throws std::runtime_error with the line number when the text is no transcript.
[[nodiscard]] Transcript parse(const std::string& text);
[[nodiscard]] std::string format(const Transcript& transcript);

// Runs the line in bash, in `folder`, with this environment and nothing else. Standard input is
// empty.
[[nodiscard]] Outcome
run(const std::string& command,
    const std::string& folder,
    const std::vector<std::string>& environment);

}  // namespace usagectl::transcripts
