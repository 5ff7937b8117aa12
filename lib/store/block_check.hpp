// SPDX-License-Identifier: MIT
// What must hold of stored blocks, looked at row by row in bounded memory.
#pragma once

#include <functional>
#include <string>

#include "store/session.hpp"

namespace usagectl::store {

// Every block of both tables: readable, of a known meter, from a known source, versions without
// hole. Calls `damaged` with a sentence for each thing wrong.
void check_blocks(Session& session, const std::function<void(std::string)>& damaged);

// Sources that were closed: intervals read = stored + unchanged + superseded + rejected.
void check_sources(Session& session, const std::function<void(std::string)>& finding);

// The engine's own checks of the file, where it has them.
void check_engine(Session& session, const std::function<void(std::string)>& finding);

}  // namespace usagectl::store
