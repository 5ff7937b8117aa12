# SPDX-License-Identifier: MIT
list(APPEND METER_SOURCES
    espi_cutter.cpp
    espi_feed.cpp
    espi_resource.cpp
    espi_time.cpp
    espi_verdict.cpp
    nem12_day.cpp
    nem12_record.cpp
    reader_espi.cpp
    reader_nem12.cpp)
