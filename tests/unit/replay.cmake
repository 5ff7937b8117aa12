# SPDX-License-Identifier: MIT
usagectl_test(replay_test
    SOURCES
        replay/rejects_text.cpp
        replay/replay_lse_test.cpp
        replay/replay_nem12_test.cpp
        replay/replay_rows_test.cpp
        replay/replay_test.cpp
    LINK usagectl_app usagectl_input usagectl_meter nlohmann_json::nlohmann_json)
