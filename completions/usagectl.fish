# SPDX-License-Identifier: MIT
# fish completion for usagectl: asks `usagectl __complete`, which knows every word.

function __usagectl_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct | string collect --allow-empty)
    set -l answer (command $words[1] __complete (count $words) $words $current 2>/dev/null)
    switch "$answer[1]"
        case files
            __fish_complete_path (string replace -r '^--[^=]*=' '' -- $current)
        case dirs
            __fish_complete_directories (string replace -r '^--[^=]*=' '' -- $current)
        case words
            string join \n -- $answer[2..]
    end
end

complete -c usagectl -f -a '(__usagectl_complete)'
