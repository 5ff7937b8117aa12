# SPDX-License-Identifier: MIT
usagectl_test(assembly_test
    SOURCES meter/merge_test.cpp meter/assembler_test.cpp meter/assembler_property_test.cpp
    LINK usagectl_meter)
