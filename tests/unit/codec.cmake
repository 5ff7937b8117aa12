# SPDX-License-Identifier: MIT
usagectl_test(codec_test
    SOURCES meter/types_test.cpp meter/codec_test.cpp meter/codec_property_test.cpp
    LINK usagectl_meter)
