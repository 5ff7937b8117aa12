# SPDX-License-Identifier: MIT
# Writes ${OUTPUT}, a C++ file that holds the rule packs under ${SOURCE}/packs as text. Run by
# `cmake -P` whenever one of them changes.
cmake_minimum_required(VERSION 3.25)

file(GLOB files LIST_DIRECTORIES false ${SOURCE}/packs/*.toml)
list(SORT files)
list(LENGTH files count)
set(rows "")
foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME_WE)
    file(READ ${file} pack)
    string(APPEND rows "    BuiltIn{\"${name}\", R\"toml(${pack})toml\"},\n")
endforeach()

file(WRITE ${OUTPUT} "// SPDX-License-Identifier: MIT
// Written by lib/rules/embed.cmake from the files under lib/rules/packs.
#include \"rules/built_in.hpp\"

#include <array>

namespace usagectl::rules {

std::span<const BuiltIn> built_in_packs() {
    static constexpr std::array<BuiltIn, ${count}> packs{{
${rows}}};
    return packs;
}

}  // namespace usagectl::rules
")
