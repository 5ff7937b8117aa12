# SPDX-License-Identifier: MIT
list(APPEND METER_SOURCES
    day_slice.cpp
    estimation.cpp
    household.cpp
    synthetic.cpp
    synthetic_calendar.cpp
    synthetic_files.cpp
    validation.cpp
    validation_days.cpp
    validation_runs.cpp
    writer_csv.cpp
    writer_espi.cpp
    writer_lse.cpp
    xml_text.cpp)
