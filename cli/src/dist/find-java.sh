# shellcheck shell=sh
# Finds an installed Java; sourced by the launcher of a checkout and by what builds the distribution.

fail() {
  printf 'bfcli: %s\n' "$*" >&2
  exit 1
}

# Sets $feature to the feature release (17, 21 …) of the Java home $1; 0 if it has no program $2.
# The release file is read rather than java started, which would cost each command 50 ms.
inspect() {
  feature=0
  [ -n "$1" ] && [ -x "$1/bin/$2" ] || return 0
  version=
  if [ -r "$1/release" ]; then
    while IFS='="' read -r key _ value _; do
      [ "$key" != JAVA_VERSION ] || version=$value
    done <"$1/release"
  else
    version=$("$1/bin/java" -version 2>&1 | sed -n '1s/^[^"]*"\([^"]*\)".*/\1/p')
  fi
  feature=${version%%[!0-9]*}
  feature=${feature:-0}
}

# Sets $java_home to a Java >= $2 that has the program $1: the user's choice, else the newest.
find_java() {
  on_path=$(command -v java || true)
  on_path=${on_path:+$(readlink -f -- "$on_path")}
  for java_home in "${JAVA_HOME:-}" "${on_path%/bin/java}"; do
    inspect "$java_home" "$1"
    [ "$feature" -lt "$2" ] || return 0
  done
  java_home=
  newest=$(($2 - 1))
  for dir in /usr/lib/jvm/* /usr/java/* /usr/local/lib/jvm/* /opt/* /opt/java/* /opt/jvm/* \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
    "${HOME:-}"/.asdf/installs/java/* "${HOME:-}"/.local/share/mise/installs/java/*; do
    inspect "$dir" "$1"
    if [ "$feature" -gt "$newest" ]; then
      newest=$feature
      java_home=$dir
    fi
  done
  [ -n "$java_home" ] || fail "no Java $2 or newer with bin/$1 found." \
    "Install a JDK >= $2 (Debian, Ubuntu: apt install openjdk-$2-jdk-headless; Fedora:" \
    "dnf install java-$2-openjdk-devel; others: https://adoptium.net) or set JAVA_HOME to one."
}
