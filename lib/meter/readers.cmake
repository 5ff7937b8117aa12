# SPDX-License-Identifier: MIT
list(APPEND METER_SOURCES
    detect.cpp
    energy_text.cpp
    lse_context.cpp
    lse_group.cpp
    lse_header.cpp
    lse_wrong_rows.cpp
    reader.cpp
    reader_csv.cpp
    reader_lse.cpp
    reader_smt_csv.cpp
    row_clock.cpp
    row_reader.cpp
    smt_lane.cpp)
