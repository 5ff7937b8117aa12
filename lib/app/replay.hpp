// SPDX-License-Identifier: MIT
// The records of a rejects file, each given again to the reader that refused it, under the lines it
// needs above it. What is refused once more keeps the file and line it first came from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "input/rejects.hpp"
#include "meter/reader.hpp"

namespace usagectl::app {

class Replay final : public input::RejectsTaker {
public:
    // The options are those of a file of no particular format. Blocks and rejects go to `sink`; the
    // lines of blocks are those of the rejects file.
    Replay(meter::AssemblerOptions assembly, meter::ReaderOptions reading, meter::BatchSink& sink);

    [[nodiscard]] std::string refusal(const input::RejectedRecord& record) override;
    void refuse(input::RejectedRecord record, std::string why) override;
    void take(const input::RejectRun& run) override;

    // Counts and hands over a reject that is about no record.
    void reject(meter::Reject reject);
    [[nodiscard]] const meter::ReadTally& tally() const { return assembly_.counted; }
    // The first few files the records came from, for a person; empty when none is known.
    [[nodiscard]] std::string origins() const;

private:
    void note_origin(const std::string& file);
    [[nodiscard]] const Zone& zone_of(meter::Format format) const;

    meter::AssemblerOptions assembly_;
    meter::ReaderOptions reading_;
    meter::BatchSink& sink_;
    std::vector<std::string> origins_;
    bool more_origins_ = false;
};

}  // namespace usagectl::app
