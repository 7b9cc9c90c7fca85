# shellcheck shell=bash
# Completion of bfcli for bash, as "bfcli completion bash" prints it. To use it at once:
#   source <(bfcli completion bash)
# To have it in every shell, write it to a file bfcli in ~/.local/share/bash-completion/completions
# or source it from ~/.bashrc.

# The words that can follow the words $1.
_bfcli_words() {
  case $1 in
@words@
  esac
}

# The options that can follow the words $1.
_bfcli_options() {
  case $1 in
@options@
  esac
}

# What has to follow the option or the words $1.
_bfcli_value() {
  case $1 in
@values@
  esac
}

# What has to follow the option $2 behind the words $1.
_bfcli_option_value() {
  local value
  value=$(_bfcli_value "$1 $2")
  printf '%s\n' "${value:-$(_bfcli_value "$2")}"
}

# The chains below the bpffs $1.
_bfcli_chains() {
  local path
  for path in "$1"/bpfilter/*/; do
    path=${path%/}
    case ${path##*/} in
      '*' | __bf_staging_*) ;;
      *) printf '%s\n' "${path##*/}" ;;
    esac
  done
}

# Offers values of the kind $1 that begin with $2, from the bpffs $3.
_bfcli_offer() {
  local offered=
  case $1 in
    file)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$2")
      return
      ;;
    directory)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$2")
      return
      ;;
    chain) offered=$(_bfcli_chains "$3") ;;
    hook-option)
      compopt -o nospace 2>/dev/null
      offered='@hook-options@'
      ;;
    words:*) offered=${1#words:} ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$offered" -- "$2")
}

_bfcli() {
  local IFS=$' \t\n' word glue='' value='' only_words='' said='' prefix=''
  local bpffs=${BF_BPFFS_PATH:-@bpffs@}
  local -a words=()
  COMPREPLY=()
  # Bash makes three words of --option=value.
  for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
    if [[ ($word == '=' || -n $glue) && ${#words[@]} -gt 0 ]]; then
      words[-1]+=$word
    else
      words+=("$word")
    fi
    glue=
    [[ $word != '=' ]] || glue=1
  done
  local current=${words[-1]-}
  unset 'words[-1]'

  for word in "${words[@]}"; do
    if [[ -n $value ]]; then
      [[ $value != directory ]] || bpffs=$word
      value=
    elif [[ -z $only_words && $word == -- ]]; then
      only_words=1
    elif [[ -z $only_words && $word == --*=* ]]; then
      [[ $word != --bpffs-path=* ]] || bpffs=${word#*=}
    elif [[ -z $only_words && $word == --* ]]; then
      value=$(_bfcli_option_value "$said" "$word")
    elif [[ -z $only_words && $word =~ ^-[@flags@]*([@valued@])(.*)$ ]]; then
      if [[ -z ${BASH_REMATCH[2]} ]]; then
        value=$(_bfcli_value "-${BASH_REMATCH[1]}")
      elif [[ ${BASH_REMATCH[1]} == b ]]; then
        bpffs=${BASH_REMATCH[2]}
      fi
    elif [[ -n $only_words || $word != -* ]]; then
      said+=${said:+ }$word
    fi
  done
  bpffs=${bpffs/#\~\//$HOME/}

  if [[ -n $value ]]; then
    _bfcli_offer "$value" "$current" "$bpffs"
  elif [[ -z $only_words && $current == --*=* ]]; then
    # Unless bash cut the word, the option is part of what is replaced.
    [[ ${COMP_WORDS[COMP_CWORD]} != --*=* ]] || prefix=${current%%=*}=
    _bfcli_offer "$(_bfcli_option_value "$said" "${current%%=*}")" "${current#*=}" "$bpffs"
    COMPREPLY=("${COMPREPLY[@]/#/$prefix}")
  elif [[ -z $only_words && $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_bfcli_options "$said")" -- "$current")
  else
    value=$(_bfcli_value "$said")
    _bfcli_offer "${value:-words:$(_bfcli_words "$said")}" "$current" "$bpffs"
  fi
}

complete -F _bfcli bfcli
