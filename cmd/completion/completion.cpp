// SPDX-License-Identifier: MIT
// usagectl completion: the script a shell loads to complete usagectl's words.
#include <ostream>

#include "cli/context.hpp"
#include "cli/values.hpp"
#include "completion/commands.hpp"
#include "completion/scripts.hpp"

namespace usagectl {

namespace {

struct CompletionOptions {
    std::string shell;
};

Exit run(const CompletionOptions& options, cli::Context& context) {
    const auto script = options.shell == "bash"  ? bash_script
                        : options.shell == "zsh" ? zsh_script
                                                 : fish_script;
    context.io.out << script;
    return Exit::done;
}

}  // namespace

cli::Command completion_command() {
    cli::Spec spec;
    spec.path = {"completion"};
    spec.summary = "print a shell's completion script";
    spec.description =
        "A package installs these scripts where each shell looks for them; without a package, load "
        "one from the shell's start-up file.";
    spec.words = {
        cli::bind(
            {.name = "SHELL",
             .help = "which shell",
             .choices = {"bash", "zsh", "fish"},
             .required = true},
            &CompletionOptions::shell
        ),
    };
    spec.examples = {
        {"usagectl completion bash", "in ~/.bashrc: source <(usagectl completion bash)"},
        {"usagectl completion fish", "write it to ~/.config/fish/completions/usagectl.fish"},
    };
    spec.bare = true;
    return cli::command<CompletionOptions>(std::move(spec), run);
}

}  // namespace usagectl
