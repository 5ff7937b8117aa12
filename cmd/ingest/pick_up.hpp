// SPDX-License-Identifier: MIT
// Sources of files that lie on servers: named by URL, by @NAME of the configuration, or all of
// those there are. What is done with a file is the command's.
#pragma once

#include <string>
#include <vector>

#include "app/pick_up.hpp"
#include "cli/context.hpp"

namespace usagectl {

// What the command line says of remote sources; it wins over their tables.
struct RemoteWords {
    std::optional<std::string> pattern;
    std::optional<std::string> archive;
    std::optional<std::string> identity_file;
    std::optional<std::string> known_hosts;
    std::optional<std::string> host_key;
    std::optional<std::string> ca_file;
    std::optional<std::string> password_file;
    bool remove = false;
    std::int64_t password_fd = -1;
};

// What a command takes from servers, and what it says of them.
struct Taking {
    std::string purpose = {};  // as app::PickUp
    app::TakeFile take;
    app::PickUpObserver observer;
    // A server that fails, or a file that could not leave it; the others go on.
    std::function<void(const std::string& shown, Error error)> failed;
};

// sftp://, ftps://, https://, or @NAME. Refuses ftp:// and http:// by name: nothing goes out or
// comes in that others can read.
[[nodiscard]] bool is_remote_source(const cli::Context& context, const std::string& word);

class PickUps {
public:
    // `holds`: what the sources must hold, as their tables say.
    PickUps(cli::Context& context, const RemoteWords& words, std::string_view holds);

    // Refuses a name that is not configured (3), one that holds something else and a wish that
    // contradicts itself (2). All: of those that hold it.
    void add(const std::string& word);
    void add_all();
    [[nodiscard]] bool empty() const { return sources_.empty(); }

    // Notes are written by the thread that calls, whoever makes them.
    void run(const Taking& taking);
    // "URL: reason" of every file left for the next run.
    [[nodiscard]] const std::vector<std::string>& left() const { return left_; }
    [[nodiscard]] std::uint64_t known() const { return known_; }

private:
    void take(
        const cli::Source& source,
        const cli::NetworkUse& use,
        const Taking& taking,
        const app::PickUpObserver& observer
    );
    [[nodiscard]] cli::Source with_words(cli::Source source) const;
    // Whatever is written into a URL, a password in it is not shown.
    [[nodiscard]] std::string shown_url(const cli::Source& source) const;
    [[nodiscard]] app::PickUp wish_of(const cli::Source& source) const;

    cli::Context& context_;
    const RemoteWords& words_;
    std::string_view holds_;
    std::vector<cli::Source> sources_;
    std::vector<std::string> left_;
    std::uint64_t known_ = 0;
};

}  // namespace usagectl
