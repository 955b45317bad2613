# Completion of the command simulator for fish:
#   simulator completion fish > ~/.config/fish/completions/simulator.fish
function __simulator_complete
    set -l typed (commandline --cut-at-cursor --current-process | string collect)
    set -l found (command simulator complete-line -- "$typed" 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path (commandline --current-token)
    end
end
complete --command simulator --no-files --arguments '(__simulator_complete)'
