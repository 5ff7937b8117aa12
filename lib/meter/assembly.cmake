# SPDX-License-Identifier: MIT
list(APPEND METER_SOURCES open_series.cpp assembler.cpp merge.cpp)
