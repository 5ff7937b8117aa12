# SPDX-License-Identifier: MIT
usagectl_test(base_test
    SOURCES base/csv_test.cpp base/digest_test.cpp base/instant_test.cpp base/module_test.cpp base/money_test.cpp
        base/number_test.cpp
        base/posix_rule_test.cpp base/text_test.cpp base/words_test.cpp
        base/zone_file_test.cpp
        base/zone_test.cpp base/zone_days_test.cpp
    LINK usagectl_base date::date-tz Threads::Threads)
usagectl_test(series_test
    SOURCES base/gap_test.cpp base/series_test.cpp base/series_sums_test.cpp
    LINK usagectl_meter)

# A module that does nothing but throw, to see the exception arrive.
add_library(usagectl_module_thrower MODULE base/thrower_module.cpp)
set_target_properties(usagectl_module_thrower PROPERTIES
    PREFIX "" OUTPUT_NAME usagectl-thrower
    LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin/modules)
target_include_directories(usagectl_module_thrower PRIVATE ${PROJECT_SOURCE_DIR}/lib)
target_link_libraries(usagectl_module_thrower PRIVATE usagectl_flags)
add_dependencies(base_test usagectl_module_thrower usagectl_module_digest)
