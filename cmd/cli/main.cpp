// SPDX-License-Identifier: MIT
#include "cli/main.hpp"

#include <exception>
#include <new>
#include <ostream>

#include "base/assert.hpp"
#include "cli/commands.hpp"
#include "cli/descriptor_stream.hpp"
#include "cli/globals.hpp"
#include "cli/help.hpp"
#include "cli/locate.hpp"
#include "cli/pager.hpp"
#include "cli/report.hpp"
#include "cli/run.hpp"

namespace usagectl::cli {

namespace {

class Invocation {
public:
    Invocation(const std::vector<std::string>& arguments, Host& host)
        : arguments_(arguments)
        , host_(host)
        , style_{.json = wants_json(arguments, host.environment)} {
        const auto no_color = host.environment("NO_COLOR").value_or("");
        style_.color = host.io.err_is_terminal && no_color.empty();
    }

    int run() {
        try {
            const int exit = dispatch();
            finish_output();
            return exit;
        } catch (const PagerLeft&) {
            return static_cast<int>(Exit::done);
        } catch (const OutputClosed& closed) {
            return style_.quiet ? static_cast<int>(Exit::unavailable) : tell(closed.error());
        } catch (const Refusal& refusal) {
            return tell(refusal.error());
        } catch (const Failure& failure) {
            return tell(failure.error());
        } catch (const std::bad_alloc&) {
            return tell({Exit::unavailable, "out_of_memory", "there is not enough memory"});
        } catch (const std::exception& exception) {
            return tell(bug(exception.what()));
        } catch (...) {
            return tell(bug("an exception of an unknown kind"));
        }
    }

private:
    int dispatch() {
        auto located = locate(arguments_, host_);
        if (!located)
            throw Refusal(located.error());
        if (located->program)
            return run_program(*located, host_);
        if (located->command == nullptr && located->options.version) {
            located->command = find_command(host_.registry, "version");
        }
        if (located->command == nullptr) {
            host_.io.out
                << (located->noun.empty() ? front_help(host_.registry, false)
                                          : noun_help(host_.registry, located->noun));
            return static_cast<int>(Exit::done);
        }
        command_ = located->command->path;
        return static_cast<int>(run_command(std::move(*located), host_, style_));
    }

    // What could not be written was not answered: a full disk must not look like success.
    void finish_output() {
        host_.io.out.flush();
        if (!host_.io.out)
            throw Failure("output_failed", "cannot write the output");
    }

    int tell(const Error& error) noexcept {
        try {
            host_.io.out.flush();  // what was printed so far comes first
        } catch (...) {            // it may be the very error that is to be told
        }
        try {
            report(host_.io.err, command_, error, style_);
        } catch (...) {  // nobody is left to be told; the exit code still says it
        }
        return static_cast<int>(error.exit);
    }

    static Error bug(const std::string& what) {
        return {
            Exit::bug,
            "bug",
            what + "; this is a bug in usagectl",
            "please report it with the output of usagectl version and the command that was run"};
    }

    const std::vector<std::string>& arguments_;
    Host& host_;
    ReportStyle style_;
    std::string command_;
};

}  // namespace

int main(const std::vector<std::string>& arguments, Host& host) {
    return Invocation(arguments, host).run();
}

}  // namespace usagectl::cli
