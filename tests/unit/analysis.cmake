# SPDX-License-Identifier: MIT
usagectl_test(analysis_test
    SOURCES meter/validation_test.cpp
            meter/estimation_test.cpp
            meter/writer_test.cpp
            meter/synthetic_test.cpp
            meter/round_trip_test.cpp
    LINK usagectl_meter usagectl_base fmt::fmt pugixml::pugixml)
target_include_directories(analysis_test PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})

usagectl_test(plot_test
    SOURCES plot/curve_test.cpp
            plot/heat_map_test.cpp
            plot/scale_test.cpp
            plot/svg_test.cpp
    LINK usagectl_plot usagectl_meter usagectl_base pugixml::pugixml)
target_include_directories(plot_test PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
