# Completion of the command simulator for bash 4.4 and newer:
#   simulator completion bash > ~/.local/share/bash-completion/completions/simulator
# or, in ~/.bashrc:  source <(simulator completion bash)
_simulator() {
    local typed=${COMP_LINE:0:COMP_POINT} word before line
    # What readline replaces begins behind the last = or : of the word.
    word=${typed##*[[:space:]]}
    before=${word%"${word##*[=:]}"}
    COMPREPLY=()
    while IFS= read -r line; do
        printf -v line '%q' "${line%%$'\t'*}"
        COMPREPLY+=("${line#"$before"}")
    done < <("$1" complete-line -- "$typed" 2>/dev/null)
}
complete -o default -F _simulator simulator
