#!/bin/sh
# Packs the command line so that it starts fast: pack.sh JDK JAVA OUT JAR...
#   JDK   the home of the JDK to pack with; from 24 on it also desugars (java/Desugar.java)
#   JAVA  the program java that will run it
#   OUT   the directory to make: bfcli.jar, JNA's library, java.options and bfcli.classlist,
#         the list of the classes that commands load
set -eu
unset JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS CLASSPATH
jdk=$1
java=$2
out=$3
shift 3
dist=$(dirname -- "$0")
case $(uname -m) in
  x86_64) platform=linux-x86-64 ;;
  aarch64) platform=linux-aarch64 ;;
  *)
    echo "pack.sh: no JNA library for $(uname -m)" >&2
    exit 1
    ;;
esac
rm -rf "$out"
mkdir -p "$out/work"
out=$(CDPATH='' cd -- "$out" && pwd)
work=$out/work
cp "$dist/java.options" "$out"

for jar in "$@"; do
  jar=$(readlink -f -- "$jar")
  (cd "$work" && "$jdk/bin/jar" --extract --file "$jar")
done
cp "$work/com/sun/jna/$platform/libjnidispatch.so" "$out"
: >"$work/derived"
feature=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$jdk/release")
if [ "${feature:-0}" -ge 24 ]; then
  "$jdk/bin/java" "$dist/java/Pack.java" "$out/bfcli.jar" "$dist/kernel-classes.txt" \
    "$work/derived" "$@"
else
  rm -f "$work/module-info.class"
  "$jdk/bin/jar" --create --no-compress --file "$out/bfcli.jar" -C "$work" dev -C "$work" com
fi

# Runs a command, which may fail, and records the classes that it loads. None asks the kernel for
# more than any program does. A compiler in the background would make the record differ each time.
runs=0
record() {
  runs=$((runs + 1))
  "$java" "@$out/java.options" -Xint -Xshare:off "-XX:DumpLoadedClassList=$work/run$runs" \
    "-Djna.boot.library.path=$out" -cp "$out/bfcli.jar" dev.jbpfilter.cli.Main "$@" \
    >/dev/null 2>&1 || true
}
rules=$dist/../../../doc/examples
mkdir "$work/bpffs"
record --version
record --help
record chain set --help
record chain
for file in "$rules"/*.rules; do
  record ruleset set --dry-run --from-file "$file"
  record ruleset set --dry-run --from-file "$file" --dump asm
done
record ruleset set --dry-run --from-str 'chain a BF_HOOK_XDP ACCEPT rule ip4.sadr 1.2.3.4 DROP'
record explain --from-file "$rules/web-server.rules" --tcp --dport 22
record explain --from-file "$rules/web-server.rules" --tcp --dport 22 --format json
record test "$rules/web-server.test"
record lint --from-file "$rules/web-server.rules"
record plan --from-file "$rules/web-server.rules"
record --bpffs-path "$work/bpffs" ruleset get
record --bpffs-path "$work/bpffs" ruleset get --format json
record --bpffs-path "$work/bpffs" chain get --name none

# One line for each class and lambda, and all constants of a class in one line. The numbers by
# which a run tells classes apart mean nothing in another one.
cat "$work"/run* "$work/derived" | grep -v '^#' | sed 's/ id: .*//' | LC_ALL=C sort -u |
  awk '
    /^@cp / {
      if ($2 != class) { class = $2; delete seen; order[++count] = class }
      for (i = 3; i <= NF; i++)
        if (!($i in seen)) { seen[$i]; pool[class] = pool[class] " " $i }
      next
    }
    { print }
    END { for (i = 1; i <= count; i++) print "@cp " order[i] pool[order[i]] }
  ' >"$out/bfcli.classlist"
rm -rf "$work"
