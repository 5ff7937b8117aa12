// SPDX-License-Identifier: MIT
// The source table: files and acts of the tool that brought blocks.
#pragma once

#include <optional>
#include <string_view>

#include "meter/store.hpp"
#include "store/session.hpp"

namespace usagectl::store {

[[nodiscard]] std::optional<meter::Source>
find_file(Session& session, std::string_view sha256, meter::Layer layer);
[[nodiscard]] std::optional<meter::Source>
find_source(Session& session, meter::SourceNumber number);
[[nodiscard]] bool file_size_known(Session& session, std::uint64_t size);
[[nodiscard]] meter::SourceNumber open_source(Session& session, const meter::Source& source);
void close_source(Session& session, const meter::Source& source);

}  // namespace usagectl::store
