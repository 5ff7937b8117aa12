// SPDX-License-Identifier: MIT
// A folder on somebody's server, as the pick-up of files sees it: ftps, sftp or https behind it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"

namespace usagectl::app {

struct RemoteFile {
    std::string name;  // within the folder, without a slash
    std::optional<std::uint64_t> size;
    std::optional<Instant> modified;  // as precise as the server says; minutes with some
};

// Every call throws Failure with an Error that says what was and was not done: `host_key_unknown`,
// `host_key_changed`, `certificate_refused`, `tls_refused`, `login_refused`, `remote_redirected`,
// `remote_name_refused` (exit 4), `remote_missing` (3), `network_unreachable`, `network_timeout`,
// `network_cut` (5, may pass), `remote_refused`, `listing_too_large`, `listing_unknown`,
// `known_hosts_unreadable` (5), `interrupted` (130).
class RemoteFolder {
public:
    RemoteFolder() = default;
    RemoteFolder(const RemoteFolder&) = delete;
    RemoteFolder& operator=(const RemoteFolder&) = delete;
    virtual ~RemoteFolder() = default;

    // The URL without user information, with a slash at its end.
    [[nodiscard]] virtual const std::string& shown() const = 0;
    // Plain files only, in byte order of their names.
    [[nodiscard]] virtual std::vector<RemoteFile> list() = 0;
    // Brings `name` into the local file `path`: appends from the size it has already, so that a
    // transfer that was cut goes on when it is called again. Creates it with mode 0600. What a cut
    // leaves is on the disk when it throws. Whether the file there is still the one begun with, its
    // size and time in list() tell. `progress` (may be empty) gets the bytes there so far, also
    // while none come, and returns false to stop (`interrupted`). More errors: `disk_full` (5, may
    // pass), `file_unwritable`, `resume_refused` (5): there is more of it here than there.
    virtual void fetch(
        const std::string& name,
        const std::string& path,
        const std::function<bool(std::uint64_t)>& progress
    ) = 0;
    // `folder` is relative to this one or absolute; made when it is not there. A file of that name
    // there: refused over sftp, replaced by most ftps servers. Refused by https
    // (`remote_read_only`, exit 4), as is remove().
    virtual void move(const std::string& name, const std::string& folder) = 0;
    virtual void remove(const std::string& name) = 0;
};

}  // namespace usagectl::app
