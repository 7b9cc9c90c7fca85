# Completion of bfcli for fish, as "bfcli completion fish" prints it. To use it at once:
#   bfcli completion fish | source
# To have it in every shell, write it to ~/.config/fish/completions/bfcli.fish.

# Prints the words so far that are no options, in one line, and the bpffs in the next.
function __bfcli_state
    set -l bpffs @bpffs@
    test -n "$BF_BPFFS_PATH"; and set bpffs $BF_BPFFS_PATH
    set -l said
    set -l value
    set -l only_words
    set -l words (commandline -opc)
    for word in $words[2..-1]
        if test -n "$value"
            test $value = b; and set bpffs $word
            set value
        else if test -n "$only_words"
            set -a said $word
        else if test $word = --
            set only_words 1
        else if string match -q -- '--bpffs-path=*' $word
            set bpffs (string replace -- '--bpffs-path=' '' $word)
        else if string match -q -r -- '^--.*=' $word
            continue
        else if test $word = --bpffs-path
            set value b
        else if contains -- $word @valued-words@
            set value other
        else if string match -q -r -- '^-[@flags@]*[@valued@]$' $word
            set value (string sub -s -1 -- $word)
        else if string match -q -r -- '^-[@flags@]*b' $word
            set bpffs (string replace -r -- '^-[@flags@]*b' '' $word)
        else if not string match -q -- '-*' $word
            set -a said $word
        end
    end
    echo "$said"
    echo $bpffs
end

# Whether the words so far, without options, are the arguments.
function __bfcli_said
    set -l state (__bfcli_state)
    test "$state[1]" = "$argv"
end

# Whether they begin with the arguments.
function __bfcli_in
    set -l state (__bfcli_state)
    string match -q -- "$argv *" "$state[1] "
end

# The chains in bpffs.
function __bfcli_chains
    set -l state (__bfcli_state)
    for path in (string replace -r -- '^~/' "$HOME/" $state[2])/bpfilter/*/
        set -l name (string split -- / (string trim -r -c / -- $path))[-1]
        string match -q -- '__bf_staging_*' $name; or echo $name
    end
end

complete -c bfcli -f
@options@
