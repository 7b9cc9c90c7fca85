# Starts bfcli; sourced by the launchers, which set
#   java     the program java
#   app      the directory of bfcli.jar, java.options and JNA's library
#   archive  the class archive, or nothing

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
{ true 3<&0; } 2>/dev/null || exec 0>/dev/null
{ true 3>&1; } 2>/dev/null || exec 1</dev/null
{ true 3>&2; } 2>/dev/null || exec 2</dev/null
exec "$java" "@$app/java.options" ${archive:+"-XX:SharedArchiveFile=$archive"} \
  "-Djna.boot.library.path=$app" "-Dbfcli.terminal=$terminal" "-Dbfcli.progress=$progress" \
  "-Dbfcli.interactive=$interactive" -cp "$app/bfcli.jar" dev.jbpfilter.cli.Main "$@"
