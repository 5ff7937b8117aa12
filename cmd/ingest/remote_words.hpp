// SPDX-License-Identifier: MIT
// The words of commands that take files from servers. Their options are derived from RemoteWords.
#pragma once

#include <vector>

#include "cli/command.hpp"
#include "cli/values.hpp"
#include "ingest/pick_up.hpp"

namespace usagectl::words {

template <class O>
void append_remote_words(std::vector<cli::Word>& words) {
    using Text = std::optional<std::string> O::*;
    const auto add = [&words](cli::Word word, Text member) {
        words.push_back(cli::bind(std::move(word), member));
    };
    const auto file = cli::Complete::file;
    add({.name = "--pattern", .value = "GLOB", .help = "names to take on a server; default all"},
        &O::pattern);
    add({.name = "--archive", .value = "DIR", .help = "move taken files there, on the server"},
        &O::archive);
    bool O::*const remove = &O::remove;
    words.push_back(
        cli::bind({.name = "--delete", .help = "delete taken files from the server"}, remove)
    );
    add({.name = "--identity",
         .value = "FILE",
         .help = "private key for sftp, Ed25519 or ECDSA",
         .complete = file},
        &O::identity_file);
    add({.name = "--known-hosts",
         .value = "FILE",
         .help = "host keys for sftp, as ssh keeps them",
         .complete = file},
        &O::known_hosts);
    add({.name = "--host-key", .value = "SHA256", .help = "the one key the sftp server may have"},
        &O::host_key);
    add({.name = "--ca-file",
         .value = "FILE",
         .help = "certificate authorities to trust, PEM",
         .complete = file},
        &O::ca_file);
    add({.name = "--password-file",
         .value = "FILE",
         .help = "file with the password, ours alone to read",
         .complete = file},
        &O::password_file);
    std::int64_t O::*const descriptor = &O::password_fd;
    words.push_back(cli::bind_between(
        {.name = "--password-fd", .value = "N", .help = "read the password from this descriptor"},
        descriptor,
        0,
        1'000'000
    ));
}

}  // namespace usagectl::words
