// SPDX-License-Identifier: MIT
#include "card/pin_input.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/secret_file.hpp"
#include "card/pin.hpp"
#include "cli/held_signals.hpp"

namespace usagectl {

namespace {

constexpr std::size_t most_bytes = 64;

tl::unexpected<Error> missing(std::string message) {
    return refuse(
        Exit::usage,
        "pin_missing",
        std::move(message),
        "--pin-stdin, --pin-file FILE or --pin-fd N say where the PIN is to be read"
    );
}

constexpr int the_end = -1;

// A byte, or the_end.
int next_byte(int descriptor) {
    char byte = 0;
    while (true) {
        const auto got = ::read(descriptor, &byte, 1);
        if (got == 1)
            return static_cast<unsigned char>(byte);
        // A terminal that hung up has nothing more to say.
        if (got == 0 || errno == EIO)
            return the_end;
        if (errno != EINTR) {
            throw Failure(
                "pin_unreadable",
                "the PIN cannot be read: " + std::generic_category().message(errno)
            );
        }
    }
}

Result<crypto::LockedBytes> finish(crypto::LockedBytes pin) {
    if (pin.empty())
        return missing("there is no PIN");
    if (auto sound = card::check_pin(pin.view()); !sound)
        return tl::unexpected(sound.error());
    return pin;
}

// One line and nothing behind it.
Result<crypto::LockedBytes> read_line(int descriptor) {
    crypto::LockedBytes pin(most_bytes);
    bool ended = false;
    for (int byte = next_byte(descriptor); byte >= 0; byte = next_byte(descriptor)) {
        const char letter = static_cast<char>(byte);
        if (!ended && letter == '\n') {
            ended = true;
            continue;
        }
        // What follows the line, or makes it too long, spoils it: check_pin refuses the result.
        if (ended || pin.size() == most_bytes) {
            pin.clear();
            pin.append("more than one line");
            break;
        }
        pin.append({&letter, 1});
    }
    if (pin.view().ends_with('\r'))
        pin.resize(pin.size() - 1);
    return finish(std::move(pin));
}

// A terminal that shows nothing of what is typed and hands over each key, until this goes.
class Silence {
public:
    explicit Silence(int descriptor)
        : descriptor_(descriptor) {
        if (::tcgetattr(descriptor_, &before_) != 0)
            return;
        auto quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | ISIG);
        quiet.c_cc[VMIN] = 1;
        quiet.c_cc[VTIME] = 0;
        changed_ = ::tcsetattr(descriptor_, TCSAFLUSH, &quiet) == 0;
    }
    ~Silence() {
        if (changed_)
            ::tcsetattr(descriptor_, TCSAFLUSH, &before_);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

private:
    int descriptor_;
    ::termios before_{};
    bool changed_ = false;
};

void say(std::string_view text) {
    static_cast<void>(!::write(STDERR_FILENO, text.data(), text.size()));
}

Result<crypto::LockedBytes> ask(int terminal, const std::function<bool()>& interrupted) {
    constexpr int interrupt = 0x03;
    constexpr int end = 0x04;
    constexpr int backspace = 0x08;
    constexpr int kill_line = 0x15;
    constexpr int rub_out = 0x7f;
    crypto::LockedBytes pin(most_bytes);
    // From here on a signal does not end this process before the terminal is as it was.
    const cli::HeldSignals signals(interrupted);
    if (interrupted())
        return refuse(Exit::interrupted, "interrupted", "no PIN was given");
    const Silence silence(terminal);
    say("PIN: ");
    while (true) {
        const int byte = signals.wait_for(terminal) ? next_byte(terminal) : interrupt;
        if (byte == the_end || byte == '\n' || byte == '\r' || byte == end)
            break;
        if (byte == interrupt) {
            say("\n");
            return refuse(Exit::interrupted, "interrupted", "no PIN was given");
        }
        if (byte == kill_line) {
            pin.clear();
        } else if (byte == backspace || byte == rub_out) {
            pin.resize(pin.size() - (pin.empty() ? 0 : 1));
        } else if (pin.size() < most_bytes) {
            const char letter = static_cast<char>(byte);
            pin.append({&letter, 1});
        }
    }
    say("\n");
    return finish(std::move(pin));
}

// A plain file must be ours alone; a pipe from the shell has nobody else at it.
Result<Descriptor> open_file(const std::string& path) {
    struct ::stat status {};
    if (::stat(path.c_str(), &status) == 0 && S_ISFIFO(status.st_mode)) {
        Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
        if (file.number() >= 0)
            return file;
    }
    return open_secret_file(path);
}

}  // namespace

Result<crypto::LockedBytes>
read_pin(const PinOptions& options, bool may_ask, const std::function<bool()>& interrupted) {
    crypto::keep_process_private();
    const int sources = (options.from_stdin ? 1 : 0) + (options.file.empty() ? 0 : 1) +
                        (options.descriptor ? 1 : 0);
    if (sources > 1)
        return missing("the PIN can come from one place only");
    if (!options.file.empty()) {
        const auto file = open_file(options.file);
        if (!file)
            return tl::unexpected(file.error());
        return read_line(file->number());
    }
    if (options.descriptor)
        return read_line(static_cast<int>(*options.descriptor));
    const bool terminal = ::isatty(STDIN_FILENO) != 0;
    if (terminal && may_ask)
        return ask(STDIN_FILENO, interrupted);
    if (!options.from_stdin)
        return missing("a PIN is needed, and nobody can be asked for it");
    return read_line(STDIN_FILENO);
}

Result<Descriptor> open_secret_input(const std::string& path) {
    if (path != "-")
        return open_file(path);
    if (::isatty(STDIN_FILENO) == 0)
        return Descriptor();
    return refuse(
        Exit::usage,
        "pin_shown",
        "standard input is a terminal, which shows the PINs that are typed",
        "name a file, or a pipe; without --batch-input a PIN is asked for and not shown"
    );
}

Error pin_in_argv() {
    return {
        Exit::usage,
        "pin_in_argv",
        "a PIN on the command line can be read by everybody on this machine, and stays in the "
        "shell's history",
        "give it by --pin-stdin, --pin-file or --pin-fd; and hold the card it belongs to: usagectl "
        "card freeze"};
}

}  // namespace usagectl
