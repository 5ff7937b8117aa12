// SPDX-License-Identifier: MIT
// transcript PROGRAM-FOLDER ENGINE FILE: replays FILE against a fresh store of ENGINE (sqlite or
// postgresql) and compares every byte. Since both engines are held to the same text, they answer
// alike. USAGECTL_TEST_ACCEPT=1 rewrites FILE with what came back.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include <unistd.h>

#include "transcripts/transcript.hpp"

namespace fs = std::filesystem;
using namespace usagectl::transcripts;

namespace {

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw std::runtime_error("cannot read " + path.string());
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// A folder of its own for every run, gone at the end.
class Workplace {
public:
    Workplace() {
        std::string name = (fs::temp_directory_path() / "transcript-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("cannot make a folder");
        folder_ = name;
    }
    ~Workplace() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    Workplace(const Workplace&) = delete;
    Workplace& operator=(const Workplace&) = delete;
    [[nodiscard]] std::string folder() const { return folder_.string(); }

private:
    fs::path folder_;
};

// A schema of its own in the test cluster, gone at the end.
class Schema {
public:
    explicit Schema(std::string server)
        : server_(std::move(server)) {
        name_ = "transcript_" + std::to_string(::getpid());
        execute("create schema " + name_);
    }
    ~Schema() {
        try {
            execute("drop schema " + name_ + " cascade");
        } catch (const std::exception&) {
            // The cluster is thrown away anyway.
        }
    }
    Schema(const Schema&) = delete;
    Schema& operator=(const Schema&) = delete;
    [[nodiscard]] std::string url() const {
        return server_ + (server_.find('?') == std::string::npos ? "?" : "&") +
               "options=-csearch_path%3D" + name_;
    }

private:
    void execute(const std::string& sql) const {
        const std::string path = "PATH=" + std::string(std::getenv("PATH"));
        const auto outcome =
            run("psql -q -v ON_ERROR_STOP=1 -c '" + sql + "' '" + server_ + "'", "/", {path});
        if (outcome.exit != 0)
            throw std::runtime_error(outcome.err);
    }
    std::string server_;
    std::string name_;
};

void show_difference(const std::string& what, const std::string& expected, const std::string& got) {
    if (expected == got)
        return;
    std::cout << "  expected " << what << ":\n" << expected << "  but got:\n" << got;
}

int replay(const fs::path& programs, const std::string& store, const fs::path& file) {
    auto transcript = parse(read_file(file));
    const Workplace workplace;
    const std::vector<std::string> environment{
        "PATH=" + fs::absolute(programs).string() + ":/usr/bin:/bin",
        "HOME=" + workplace.folder(),
        "USER=tester",
        "LOGNAME=tester",
        "LC_ALL=C.UTF-8",
        "TZ=UTC",
        "NO_COLOR=1",
        "SAMPLES=" + (file.parent_path() / "samples").string(),
        "USAGECTL_DB=" + (store.empty() ? workplace.folder() + "/store.db" : store),
        "USAGECTL_NOW=2026-11-20T14:00:00Z",
    };
    const bool accept = std::getenv("USAGECTL_TEST_ACCEPT") != nullptr;
    int failures = 0;
    for (auto& step : transcript.steps) {
        const auto outcome = run(step.command, workplace.folder(), environment);
        if (outcome == step.expected)
            continue;
        if (accept) {
            step.expected = outcome;
            continue;
        }
        ++failures;
        std::cout << "$ " << step.command << "\n";
        show_difference("output", step.expected.out, outcome.out);
        show_difference("errors", step.expected.err, outcome.err);
        show_difference(
            "exit", std::to_string(step.expected.exit) + "\n", std::to_string(outcome.exit) + "\n"
        );
    }
    if (accept)
        std::ofstream(file, std::ios::binary) << format(transcript);
    return failures == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::cerr << "usage: transcript PROGRAM-FOLDER sqlite|postgresql FILE\n";
        return 2;
    }
    try {
        if (std::string(argv[2]) == "sqlite")
            return replay(argv[1], "", argv[3]);
        const char* server = std::getenv("USAGECTL_TEST_POSTGRES");
        if (server == nullptr) {
            std::cout << "skipped: USAGECTL_TEST_POSTGRES is not set\n";
            return 0;
        }
        const Schema schema(server);
        return replay(argv[1], schema.url(), argv[3]);
    } catch (const std::exception& error) {
        std::cerr << argv[3] << ": " << error.what() << "\n";
        return 1;
    }
}
