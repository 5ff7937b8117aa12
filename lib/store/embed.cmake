# SPDX-License-Identifier: MIT
# Writes ${OUTPUT}, a C++ file that holds the migrations under ${SOURCE}/migrations as text, with
# the SHA-256 of each file. Run by `cmake -P` whenever one of them changes.
cmake_minimum_required(VERSION 3.25)

set(text "// SPDX-License-Identifier: MIT
// Written by lib/store/embed.cmake from the files under lib/store/migrations.
#include \"store/migration.hpp\"

#include <array>

namespace usagectl::store {
namespace {
")

foreach(engine sqlite postgresql)
    file(GLOB files LIST_DIRECTORIES false ${SOURCE}/migrations/${engine}/*.sql)
    list(SORT files)
    set(rows "")
    set(version 0)
    foreach(file IN LISTS files)
        math(EXPR version "${version} + 1")
        get_filename_component(name ${file} NAME_WE)
        if(NOT name MATCHES "^0*${version}_")
            message(FATAL_ERROR "${file}: the next migration must be number ${version}")
        endif()
        file(SHA256 ${file} sha256)
        file(READ ${file} sql)
        string(APPEND rows
            "    Migration{${version}, \"${name}\", \"${sha256}\", R\"sql(${sql})sql\"},\n")
    endforeach()
    string(APPEND text
        "\nconstexpr std::array<Migration, ${version}> ${engine}_migrations{{\n${rows}}};\n")
endforeach()

string(APPEND text "
}  // namespace

std::span<const Migration> migrations(Dialect dialect) {
    if (dialect == Dialect::sqlite) return sqlite_migrations;
    return postgresql_migrations;
}

}  // namespace usagectl::store
")
file(WRITE ${OUTPUT} "${text}")
