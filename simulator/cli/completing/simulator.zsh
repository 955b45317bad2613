#compdef simulator
# Completion of the command simulator for zsh: write this to a file _simulator in a folder of $fpath,
#   simulator completion zsh > ~/.zfunc/_simulator
# or, in ~/.zshrc after compinit:  source <(simulator completion zsh)
_simulator() {
    local line
    local -a words_found texts_found
    while IFS= read -r line; do
        words_found+=("${line%%$'\t'*}")
        texts_found+=("${line/$'\t'/  }")
    done < <("${(Q)words[1]}" complete-line -- "${(j: :)words[1,CURRENT]}" 2>/dev/null)
    if (( $#words_found )); then
        compadd -l -d texts_found -a words_found
    else
        _files
    fi
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _simulator "$@"
else
    compdef _simulator simulator
fi
