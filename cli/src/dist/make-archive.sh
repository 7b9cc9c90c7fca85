#!/bin/sh
# Makes the class archive from which bfcli starts: make-archive.sh JAVA APP ARCHIVE
#   JAVA     the program java that bfcli runs on
#   APP      the directory of bfcli.jar, bfcli.classlist and java.options
#   ARCHIVE  the file to make; it appears when it is complete, or not at all
# It starts a second process of Java for about a second, and neither runs bfcli nor asks the kernel.
set -eu
java=$1
app=$2
archive=$3
unset JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS CLASSPATH
export LC_ALL=C.UTF-8
umask 022
trap 'rm -f "$archive.$$"' EXIT
trap 'exit 1' HUP INT TERM
# Only G1 writes an archive that holds objects; the serial collector reads it.
"$java" "@$app/java.options" -XX:-UseSerialGC -XX:+UseG1GC -Xshare:dump -XX:+AOTClassLinking \
  "-XX:SharedClassListFile=$app/bfcli.classlist" "-XX:SharedArchiveFile=$archive.$$" \
  "-Djna.boot.library.path=$app" -cp "$app/bfcli.jar" >/dev/null
mv -f "$archive.$$" "$archive"
