# SPDX-License-Identifier: MIT
# bash completion for usagectl: asks `usagectl __complete`, which knows every word.

_usagectl() {
    local line=$COMP_LINE trimmed word directive candidate current prefix cursor=0 index
    local -a words=()
    # Readline ends words at = and : too (COMP_WORDBREAKS). Those that stand together are one.
    for index in "${!COMP_WORDS[@]}"; do
        word=${COMP_WORDS[index]}
        trimmed=${line#"${line%%[![:space:]]*}"}
        if ((index > 0)) && [[ $trimmed == "$line" && -n $line ]]; then
            words[${#words[@]} - 1]+=$word
        else
            words+=("$word")
        fi
        line=${trimmed#"$word"}
        ((index == COMP_CWORD)) && cursor=$((${#words[@]} - 1)) && break
    done
    current=${words[cursor]}
    COMPREPLY=()
    {
        read -r directive || return
        case $directive in
        files | dirs)
            compopt -o filenames 2>/dev/null
            prefix=-f
            [[ $directive == dirs ]] && prefix=-d
            [[ $current == --*=* ]] && current=${current#*=}
            mapfile -t COMPREPLY < <(compgen "$prefix" -- "$current")
            ;;
        words)
            # Readline replaces only what follows the last break.
            prefix=${current%"${current##*[=:]}"}
            while IFS=$'\t' read -r candidate _; do
                COMPREPLY+=("${candidate#"$prefix"}")
            done
            [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
            ;;
        esac
    } < <("${words[0]}" __complete "$cursor" "${words[@]}" 2>/dev/null)
}

complete -F _usagectl usagectl
