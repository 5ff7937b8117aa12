// SPDX-License-Identifier: MIT
// usagectl __man: a manual page's template with its placeholders filled, for the build.
#include <ostream>

#include "cli/context.hpp"
#include "cli/docgen.hpp"
#include "cli/files.hpp"
#include "cli/values.hpp"
#include "help/commands.hpp"

namespace usagectl {

namespace {

struct ManOptions {
    std::string page;
    std::string file;
};

Exit run(const ManOptions& options, cli::Context& context) {
    const auto text = context.must(cli::read_small_file(options.file));
    context.io.out << context.must(cli::fill_page(context.registry, options.page, text));
    return Exit::done;
}

}  // namespace

cli::Command man_command() {
    cli::Spec spec;
    spec.path = {"__man"};
    spec.summary = "fill in a manual page's template";
    spec.words = {
        cli::bind(
            {.name = "PAGE",
             .help = "the page's name, such as usagectl-config-get",
             .required = true},
            &ManOptions::page
        ),
        cli::bind(
            {.name = "FILE",
             .help = "the template",
             .complete = cli::Complete::file,
             .required = true},
            &ManOptions::file
        ),
    };
    spec.hidden = true;
    spec.bare = true;
    return cli::command<ManOptions>(std::move(spec), run);
}

}  // namespace usagectl
