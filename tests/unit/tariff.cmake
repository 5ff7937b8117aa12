# SPDX-License-Identifier: MIT
usagectl_test(tariff_test
    SOURCES
        tariff/calendar_test.cpp
        tariff/components_test.cpp
        tariff/fees_test.cpp
        tariff/mistakes_test.cpp
        tariff/properties_test.cpp
        tariff/reader_test.cpp
        tariff/urdb_test.cpp
    LINK usagectl_tariff)
target_compile_definitions(tariff_test PRIVATE
    USAGECTL_EXAMPLES="${PROJECT_SOURCE_DIR}/examples/tariffs")
