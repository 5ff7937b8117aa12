// SPDX-License-Identifier: MIT
// What legacy import answers: file by file, and line by line without holding them in memory.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/legacy_import.hpp"
#include "cli/context.hpp"
#include "cli/spill.hpp"
#include "ingest/refusal.hpp"

namespace usagectl {

class ImportAnswer {
public:
    explicit ImportAnswer(bool dry_run)
        : dry_run_(dry_run) {}

    // A file is begun, its lines come, and it is taken or refused.
    void begin(const std::string& shown);
    void add(const app::ImportedLine& line);
    void take(const app::LegacyImported& imported);
    // Of its lines only those that were rejected are told: the others are not kept.
    void refuse(const Error& why);
    // A server failed, or a file could not leave it.
    void fail(const std::string& shown, Error why);
    // As PickUps tells them.
    void seen(std::vector<std::string> left, std::uint64_t known);

    // With every line, for whoever keeps the answer.
    [[nodiscard]] cli::Json whole();
    void show(const cli::Context& context);
    // "line 4: …" of every line that was rejected.
    void each_reject(const std::function<void(const std::string&)>& visit);
    // Files that were not taken, or not as a whole.
    [[nodiscard]] const std::vector<NotTaken>& failed() const { return failed_; }
    [[nodiscard]] std::size_t files() const { return files_.size(); }

private:
    void close(cli::Json file, bool kept);
    [[nodiscard]] cli::Json root() const;

    bool dry_run_;
    std::string shown_;
    std::unique_ptr<cli::Spill> lines_;  // of the file that is open
    cli::Spill items_;
    std::vector<cli::Json> files_;
    std::vector<NotTaken> failed_;
    std::vector<std::string> left_;
    std::uint64_t known_ = 0;
};

[[nodiscard]] std::vector<cli::Field> import_fields();
// Of an answer that is given again.
[[nodiscard]] cli::Context::View import_view(const cli::Json& root);

}  // namespace usagectl
