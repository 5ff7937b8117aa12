// SPDX-License-Identifier: MIT
#include <algorithm>

#include "base/assert.hpp"
#include "base/module.hpp"
#include "input/input_kinds.hpp"

namespace usagectl::input {

namespace {

// A packed input, unpacked one level deep: a .gz inside a .zip comes out as the bytes of a .gz,
// which no meter format begins with.
class ArchiveInput final : public Input {
public:
    ArchiveInput(
        std::unique_ptr<Outside> outside, std::unique_ptr<Unpacker> unpacker, ExpansionLimit limit
    )
        : outside_(std::move(outside))
        , unpacker_(std::move(unpacker))
        , limit_(limit) {}

    Result<bool> next_member(std::string& name) override { return unpacker_->next_member(name); }
    Result<std::size_t> read(char* buffer, std::size_t size) override;
    std::uint64_t consumed() const override;
    std::optional<std::uint64_t> size() const override { return outside_->size(); }
    Result<std::string> sha256() override { return outside_->sha256(); }

private:
    std::unique_ptr<Outside> outside_;
    std::unique_ptr<Unpacker> unpacker_;  // reads outside_
    ExpansionLimit limit_;
    std::uint64_t produced_ = 0;
};

Result<std::size_t> ArchiveInput::read(char* buffer, std::size_t size) {
    auto got = unpacker_->read(buffer, size);
    if (!got)
        return got;
    produced_ += *got;
    const bool too_much = produced_ > limit_.total_bytes;
    const bool too_steep =
        produced_ > limit_.free_bytes && produced_ / limit_.ratio > outside_->consumed();
    if (too_much || too_steep) {
        return refuse(
            Exit::rejected,
            "archive_too_large",
            "unpacking was stopped after " + std::to_string(produced_) + " bytes from " +
                std::to_string(outside_->consumed()) + ", more than any meter file expands to",
            "unpack the file yourself if it is sound"
        );
    }
    return got;
}

std::uint64_t ArchiveInput::consumed() const {
    // A zip is read by position, its directory first: never report more than there is.
    const auto whole = outside_->size();
    return whole ? std::min(outside_->consumed(), *whole) : outside_->consumed();
}

}  // namespace

std::unique_ptr<Input>
make_archive_input(std::unique_ptr<Outside> outside, Packing packing, const ExpansionLimit& limit) {
    USAGECTL_ASSERT(limit.ratio > 0);
    auto* make = module_function<UnpackerFactory>("archive", "usagectl_unpacker");
    std::unique_ptr<Unpacker> unpacker(make(*outside, packing));
    return std::make_unique<ArchiveInput>(std::move(outside), std::move(unpacker), limit);
}

}  // namespace usagectl::input
