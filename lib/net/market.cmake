# SPDX-License-Identifier: MIT
# The market's read service, over whatever HttpClient it is given.
target_sources(usagectl_net PRIVATE
    market_answer.cpp
    market_json.cpp
    market_portal.cpp
    market_power.cpp
    market_profile.cpp
    market_reads.cpp
    market_rest.cpp
    market_session.cpp
    market_status.cpp
    market_text.cpp)
target_link_libraries(usagectl_net PRIVATE nlohmann_json::nlohmann_json)
