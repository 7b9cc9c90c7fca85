#compdef bfcli
# Completion of bfcli for zsh, as "bfcli completion zsh" prints it. To use it at once:
#   source <(bfcli completion zsh)
# To have it in every shell, write it to a file _bfcli in a directory of $fpath.

# The chains in bpffs.
_bfcli_chains() {
  local -a chains
  chains=(${~${(Q)bpffs}}/bpfilter/*(N/:t))
  chains=(${chains:#__bf_staging_*})
  _wanted chains expl chain compadd -a chains
}

_bfcli_hook_options() {
  _wanted options expl 'hook option' compadd -S '' @hook-options@
}

# Completes the word that follows the words $1, one of the array named $2, and what comes behind it.
# Before it there can be global options.
_bfcli_word() {
  local said=$1 curcontext=$curcontext state
  local -a line
  local -A opt_args
  shift
  _arguments -C -s -S \
@global@
    '(-): :->word' '(-)*:: :->rest' && return
  case $state in
    word) _describe -t commands command $1 ;;
    rest)
      bpffs=${opt_args[-b]:-${opt_args[--bpffs-path]:-$bpffs}}
      curcontext=${curcontext%:*:*}:bfcli-${said:+$said-}$words[1]:
      _call_function - _bfcli_${said:+${said}_}${words[1]//-/_}
      ;;
  esac
}

_bfcli() {
  local bpffs=${BF_BPFFS_PATH:-@bpffs@}
  local -a commands
  commands=(
@words@
  )
  _bfcli_word '' commands
}

@commands@

if [[ $funcstack[1] == _bfcli ]]; then
  _bfcli "$@"
else
  compdef _bfcli bfcli
fi
