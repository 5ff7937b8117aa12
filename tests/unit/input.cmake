# SPDX-License-Identifier: MIT
usagectl_test(input_test
    SOURCES
        input/archive_test.cpp
        input/feed_test.cpp
        input/plain_test.cpp
        input/rejects_test.cpp
        input/samples.cpp
        input/sources_test.cpp
    LINK usagectl_input LibArchive::LibArchive)
add_dependencies(input_test usagectl_module_archive usagectl_module_digest)
