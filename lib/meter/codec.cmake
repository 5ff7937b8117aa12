# SPDX-License-Identifier: MIT
list(APPEND METER_SOURCES types.cpp day_block.cpp plan.cpp encode.cpp decode.cpp)
