// SPDX-License-Identifier: MIT
#include "meter/recut.hpp"

namespace usagectl::meter {

PutStatus put_block(
    Assembler& assembler,
    std::string_view meter,
    Channel channel,
    const DayBlock& block,
    std::int64_t revision,
    std::uint64_t line
) {
    auto& series = assembler.open(meter, channel, block.minutes, revision);
    for (int slot = 0; slot < block.count; ++slot) {
        const auto at = static_cast<std::size_t>(slot);
        if (block.quality[at] == Quality::missing)
            continue;
        const auto status =
            assembler.put(series, block.slot_start(slot), block.wh[at], block.quality[at], line);
        if (status != PutStatus::taken)
            return status;
    }
    return PutStatus::taken;
}

}  // namespace usagectl::meter
