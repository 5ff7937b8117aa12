# SPDX-License-Identifier: MIT
list(APPEND METER_SOURCES series.cpp gap.cpp)
