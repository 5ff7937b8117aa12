# SPDX-License-Identifier: MIT
usagectl_test(rules_test
    SOURCES
        rules/calendar_test.cpp
        rules/judge_test.cpp
        rules/mistakes_test.cpp
        rules/packs_test.cpp
        rules/properties_test.cpp
    LINK usagectl_rules)
