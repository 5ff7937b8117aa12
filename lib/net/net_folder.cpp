// SPDX-License-Identifier: MIT
#include "net/net_folder.hpp"

#include <utility>

#include "base/module.hpp"
#include "base/text.hpp"
#include "net/listing.hpp"
#include "net/remote_command.hpp"
#include "net/remote_error.hpp"

namespace usagectl::net {
namespace {

[[noreturn]] void fail(Exit exit, const char* code, std::string message, std::string hint) {
    throw Failure(Error{exit, code, std::move(message), std::move(hint), false});
}

std::vector<app::RemoteFile> read(Files files) {
    if (!files)
        throw Failure(std::move(files.error()));
    return std::move(*files);
}

}  // namespace

NetFolder::NetFolder(NetFolderOptions options)
    : options_(std::move(options))
    , shown_(options_.url.shown())
    , path_(percent_encoded(options_.url.path)) {
    auto* const open = module_function<OpenTransfer>("net", transfer_symbol);
    transfer_.reset(open(options_.transfer));
}

void NetFolder::failed(const Outcome& outcome, std::string what, std::string state) const {
    throw Failure(remote_error(
        {options_.url, options_.transfer, options_.known_hosts, std::move(what), std::move(state)},
        outcome
    ));
}

void NetFolder::require_plain(const std::string& name) const {
    if (!plain_name(name)) {
        fail(
            Exit::refused,
            "remote_name_refused",
            quoted(name) + " is not the name of a file in " + shown_,
            "a name has no slash and no control character"
        );
    }
}

void NetFolder::require_writable(const std::string& what) const {
    if (is_https()) {
        fail(
            Exit::refused,
            "remote_read_only",
            what + ": files can only be read over https",
            "leave them where they are, or use sftp or ftps"
        );
    }
}

std::vector<app::RemoteFile> NetFolder::list() {
    const std::string what = shown_ + " cannot be listed";
    std::string text;
    Outcome outcome;
    if (is_ftp() && mlsd_) {
        outcome = transfer_->list(path_, true, text);
        if (outcome.trouble == Trouble::none)
            return read(parse_mlsd(text));
        mlsd_ = outcome.trouble != Trouble::unsupported;
        if (mlsd_)
            failed(outcome, what, {});
    }
    outcome = transfer_->list(path_, false, text);
    if (outcome.trouble != Trouble::none)
        failed(outcome, what, {});
    if (is_https())
        return read(parse_index_page(text, options_.url.path));
    const Instant now = options_.clock != nullptr ? options_.clock->now() : SystemClock().now();
    return read(parse_long_listing(text, now));
}

// Appends what `file` has not yet.
Outcome NetFolder::fetch_rest(
    const std::string& name, PartFile& file, const std::function<bool(std::uint64_t)>& progress
) {
    const auto take = [&](std::string_view bytes) {
        file.append(bytes);
        return !progress || progress(file.size());
    };
    const std::string path = path_ + percent_encoded(name);
    const Outcome outcome = transfer_->fetch(path, file.size(), take);
    // A web server may not know how to go on; every FTP and SFTP server does, and one that does not
    // want to has less than we do, as a web server that says 416.
    constexpr int nothing_there = 416;
    if (!is_https() || outcome.trouble != Trouble::not_resumed || outcome.status == nothing_there)
        return outcome;
    file.empty();
    return transfer_->fetch(path, 0, take);
}

void NetFolder::fetch(
    const std::string& name,
    const std::string& path,
    const std::function<bool(std::uint64_t)>& progress
) {
    require_plain(name);
    PartFile file(path);
    const Outcome outcome = fetch_rest(name, file, progress);
    const bool whole = outcome.trouble == Trouble::none;
    // What a broken transfer leaves is worth keeping whatever happens: it goes on from here.
    if ((options_.durable || !whole) && file.size() > 0)
        file.sync();
    if (!whole) {
        failed(
            outcome,
            quoted(name) + " cannot be fetched",
            std::to_string(file.size()) + " bytes of it are in " + path
        );
    }
}

void NetFolder::run(const std::vector<std::string>& commands, const std::string& what) {
    const Outcome outcome = transfer_->command(path_, commands);
    if (outcome.trouble == Trouble::none)
        return;
    const bool unknown = outcome.trouble == Trouble::cut || outcome.trouble == Trouble::timeout ||
                         outcome.trouble == Trouble::interrupted;
    failed(outcome, what, unknown ? "it may have been done" : "");
}

void NetFolder::move(const std::string& name, const std::string& folder) {
    require_plain(name);
    const std::string what = quoted(name) + " cannot be moved to " + quoted(folder);
    require_writable(what);
    if (!sound_folder(folder)) {
        fail(
            Exit::usage,
            "remote_folder_malformed",
            quoted(folder) + " is not a folder to move files to",
            "give a path without .. and control characters"
        );
    }
    const std::string& base = options_.url.path;
    std::vector<std::string> commands;
    if (folders_.count(folder) == 0)
        commands = is_ftp() ? ftp_make(folder) : sftp_make(base, folder);
    for (auto& line : is_ftp() ? ftp_move(name, folder) : sftp_move(base, name, folder))
        commands.push_back(std::move(line));
    run(commands, what);
    folders_.insert(folder);
}

void NetFolder::remove(const std::string& name) {
    require_plain(name);
    const std::string what = quoted(name) + " cannot be deleted";
    require_writable(what);
    run({is_ftp() ? "DELE " + name : sftp_remove(options_.url.path, name)}, what);
}

}  // namespace usagectl::net
