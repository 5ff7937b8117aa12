list(APPEND METER_SOURCES recut.cpp)
