// SPDX-License-Identifier: MIT
// Detail rows of a group that hold wrong values, a reject for each row. They wait until the group
// is complete: only when it is sound are the places of the values known, and a header can be
// written that makes the row a group by itself.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "meter/assembler.hpp"
#include "meter/lse_group.hpp"

namespace usagectl::meter {

class LseWrongRows {
public:
    // One wrong value. Those of one row must follow one another; the first gives the reason. When
    // too many rows wait, they go to the assembler as they are.
    void add(Reject value, Assembler& assembler);
    // The group is sound and its text begins with `text`: every row under its header rows.
    void tell(std::string_view text, const LseGroup& group, const Zone& zone, Assembler& assembler);
    // The group is not sound: what its own reject must say of these.
    [[nodiscard]] std::uint64_t intervals() const;
    [[nodiscard]] std::string summary() const;
    [[nodiscard]] bool empty() const { return rows_.empty(); }
    void clear();

private:
    std::vector<Reject> rows_;
    std::size_t bytes_ = 0;
};

}  // namespace usagectl::meter
