// SPDX-License-Identifier: MIT
#include "net/remote_command.hpp"

#include <algorithm>

namespace usagectl::net {
namespace {

std::string word(std::string_view path) {
    std::string quoted = "\"";
    for (const char c : path) {
        if (c == '"' || c == '\\')
            quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

std::string_view without_slash(std::string_view folder) {
    while (folder.size() > 1 && folder.ends_with('/'))
        folder.remove_suffix(1);
    return folder;
}

// A path as the server takes it outside a URL: `/~/` is where it starts anyway.
std::string below(std::string_view base, std::string_view path) {
    if (path.starts_with('/'))
        return std::string(path);
    if (base.starts_with("/~/"))
        base.remove_prefix(3);
    return std::string(base).append(path);
}

std::string joined(std::string_view folder, std::string_view name) {
    std::string path(without_slash(folder));
    if (!path.ends_with('/'))
        path += '/';
    return path.append(name);
}

// a/b/c: a, a/b, a/b/c.
std::vector<std::string> with_parents(std::string_view folder) {
    folder = without_slash(folder);
    std::vector<std::string> folders;
    for (std::size_t at = folder.find('/', 1); at != std::string_view::npos;
         at = folder.find('/', at + 1))
        folders.emplace_back(folder.substr(0, at));
    folders.emplace_back(folder);
    return folders;
}

}  // namespace

bool sound_folder(std::string_view folder) {
    const std::string slashed = "/" + std::string(folder) + "/";
    return !folder.empty() && slashed.find("/../") == std::string::npos &&
           slashed.find("/./") == std::string::npos &&
           std::none_of(folder.begin(), folder.end(), [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
           });
}

std::vector<std::string> ftp_make(std::string_view folder) {
    std::vector<std::string> lines;
    for (const auto& path : with_parents(folder))
        lines.push_back("*MKD " + path);
    return lines;
}

std::vector<std::string> sftp_make(std::string_view base, std::string_view folder) {
    std::vector<std::string> lines;
    for (const auto& path : with_parents(folder))
        lines.push_back("*mkdir " + word(below(base, path)));
    return lines;
}

std::vector<std::string> ftp_move(const std::string& name, std::string_view folder) {
    return {"RNFR " + name, "RNTO " + joined(folder, name)};
}

std::vector<std::string>
sftp_move(std::string_view base, const std::string& name, std::string_view folder) {
    return {"rename " + word(below(base, name)) + " " + word(below(base, joined(folder, name)))};
}

std::string sftp_remove(std::string_view base, const std::string& name) {
    return "rm " + word(below(base, name));
}

}  // namespace usagectl::net
