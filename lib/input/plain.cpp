// SPDX-License-Identifier: MIT
#include "input/input_kinds.hpp"

#include <utility>

namespace usagectl::input {

namespace {

// Reads straight into the caller's buffer. Files are not mapped: a mapped file that is cut short
// under the reader kills the process, and its pages would count as ours.
class PlainInput final : public Input {
public:
    explicit PlainInput(std::unique_ptr<Outside> outside)
        : outside_(std::move(outside)) {}

    Result<bool> next_member(std::string& name) override {
        name.clear();
        return !std::exchange(opened_, true);
    }
    Result<std::size_t> read(char* buffer, std::size_t size) override {
        return outside_->read(buffer, size);
    }
    std::uint64_t consumed() const override { return outside_->position(); }
    std::optional<std::uint64_t> size() const override { return outside_->size(); }
    Result<std::string> sha256() override { return outside_->sha256(); }

private:
    std::unique_ptr<Outside> outside_;
    bool opened_ = false;
};

}  // namespace

std::unique_ptr<Input> make_plain_input(std::unique_ptr<Outside> outside) {
    return std::make_unique<PlainInput>(std::move(outside));
}

}  // namespace usagectl::input
