# SPDX-License-Identifier: MIT
usagectl_test(readers_test
    SOURCES
        meter/csv_test.cpp
        meter/detect_test.cpp
        meter/line_text_test.cpp
        meter/lse_refusal_test.cpp
        meter/lse_test.cpp
        meter/row_clock_test.cpp
        meter/smt_csv_corpus_test.cpp
        meter/smt_csv_test.cpp
    LINK usagectl_meter)
