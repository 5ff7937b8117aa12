// SPDX-License-Identifier: MIT
// usagectl's own CSV: `meter,start,wh,quality,channel,minutes`, a row per interval with a value,
// start in RFC 3339 UTC. Quality is actual, estimated or raw (on-demand, not validated).
#pragma once

#include "meter/writer.hpp"

namespace usagectl::meter {

[[nodiscard]] std::unique_ptr<SeriesWriter> make_csv_writer(TextSink sink);

}  // namespace usagectl::meter
