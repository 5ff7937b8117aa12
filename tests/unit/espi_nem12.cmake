# SPDX-License-Identifier: MIT
usagectl_test(espi_nem12_test
    SOURCES
        meter/espi_damage_test.cpp
        meter/espi_resource_test.cpp
        meter/espi_test.cpp
        meter/nem12_corpus_test.cpp
        meter/nem12_test.cpp
    LINK usagectl_meter usagectl_input)
add_dependencies(espi_nem12_test usagectl_module_archive usagectl_module_digest)
