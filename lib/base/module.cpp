// SPDX-License-Identifier: MIT
#include "base/module.hpp"

#include <array>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <system_error>

#include <dlfcn.h>
#include <unistd.h>

#include "base/assert.hpp"
#include "base/error.hpp"

namespace usagectl {
namespace {

namespace fs = std::filesystem;

// The directory of the running program, from the kernel: no argument and no environment variable
// can point it elsewhere.
const fs::path& program_directory() {
    static const fs::path directory = [] {
        std::error_code error;
        const fs::path program = fs::read_symlink("/proc/self/exe", error);
        if (error) {
            throw Failure(
                "module_missing",
                "cannot tell where usagectl is installed: /proc/self/exe: " + error.message(),
                "mount /proc"
            );
        }
        return program.parent_path();
    }();
    return directory;
}

void* open_module(std::string_view name) {
    const std::string file = "usagectl-" + std::string(name) + ".so";
    // Beside the program in a build tree; in lib/usagectl where it is installed.
    const std::array<fs::path, 2> paths{
        program_directory() / "modules" / file,
        program_directory().parent_path() / "lib" / "usagectl" / file};
    for (const fs::path& path : paths) {
        std::error_code error;
        if (!fs::exists(path, error))
            continue;
        if (void* const handle = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL))
            return handle;
        // What dlerror says names the file and the library it lacks.
        const char* const reason = ::dlerror();
        throw Failure(
            "module_missing",
            "module " + std::string(name) + " cannot be loaded: " + reason,
            "install the libraries it needs, or usagectl again"
        );
    }
    throw Failure(
        "module_missing",
        "module " + std::string(name) + " is not installed: neither " + paths[0].string() +
            " nor " + paths[1].string() + " exists",
        "install usagectl again, with all its modules"
    );
}

void* module_handle(std::string_view name) {
    static std::mutex mutex;
    static std::map<std::string, void*, std::less<>> handles;
    const std::lock_guard lock(mutex);
    if (const auto found = handles.find(name); found != handles.end())
        return found->second;
    void* const handle = open_module(name);
    handles.emplace(name, handle);
    return handle;
}

}  // namespace

void* module_symbol(std::string_view name, const char* symbol) {
    USAGECTL_ASSERT(!name.empty() && name.find('/') == std::string_view::npos);
    void* const address = ::dlsym(module_handle(name), symbol);
    if (address == nullptr) {
        throw Failure(
            "module_missing",
            "module " + std::string(name) + " is of another version: it has no " + symbol,
            "install usagectl again, with all its modules"
        );
    }
    return address;
}

}  // namespace usagectl
