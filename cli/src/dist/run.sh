# shellcheck shell=sh
# How bfcli is started; sourced by its launchers.

# Becomes bfcli: run_bfcli JAVA APP ARCHIVE ARGUMENT...
#   JAVA     the program java
#   APP      the directory of bfcli.jar, java.options and JNA's library
#   ARCHIVE  the class archive; nothing if there is none for this java
run_bfcli() {
  java=$1
  app=$2
  archive=$3
  shift 3
  # What other programs set for their Java must not change ours.
  unset JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS CLASSPATH
  terminal=false
  progress=false
  interactive=false
  [ ! -t 0 ] || interactive=true
  if [ -t 2 ]; then
    [ ! -t 1 ] || terminal=true
    [ "${TERM:-dumb}" = dumb ] || progress=true
  fi
  # The encoding of arguments, file names and output is UTF-8 whatever the caller's locale.
  export LC_ALL=C.UTF-8
  # A stream that the caller has closed must fail: left closed, the next file that Java opens would
  # get its number, and rules be read from there, or messages be written to it.
  { true 3<&0; } 2>&- || exec 0>/dev/null
  { true 3>&1; } 2>&- || exec 1</dev/null
  { true 3>&2; } || exec 2</dev/null
  exec "$java" "@$app/java.options" ${archive:+"-XX:SharedArchiveFile=$archive"} \
    "-Djna.boot.library.path=$app" "-Dbfcli.terminal=$terminal" "-Dbfcli.progress=$progress" \
    "-Dbfcli.interactive=$interactive" -cp "$app/bfcli.jar" dev.jbpfilter.cli.Main "$@"
}

# Becomes bfcli of a distribution: run_distribution APP RUNTIME CACHE ID ARGUMENT...
#   RUNTIME  the directory of its Java
#   CACHE    the directory of class archives
#   ID       names the archive that fits this jar and this Java
# The first run that may write to CACHE makes the archive, in a second; without it all works, more
# slowly.
run_distribution() {
  archive=$3/bfcli-$4.jsa
  if [ ! -e "$archive" ] && [ -w "$3" ] && [ ! -e "$archive.failed" ] && [ -c /dev/null ]; then
    "$1/make-archive.sh" "$2/bin/java" "$1" "$archive" </dev/null >/dev/null 2>&1 ||
      { : >"$archive.failed"; } 2>/dev/null || true
  fi
  [ -e "$archive" ] || archive=
  app=$1
  java=$2/bin/java
  shift 4
  run_bfcli "$java" "$app" "$archive" "$@"
}
