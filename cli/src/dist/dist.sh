#!/bin/sh
# Builds the distribution: dist.sh VERSION DATE OUT, called by the Maven profile dist.
#   VERSION  of jbpfilter
#   DATE     of all files, as in 2026-01-01T00:00:00Z
#   OUT      a directory, made anew
# In it come the directory jbpfilter-VERSION, which runs where it is put, its archive
# tar.gz, a bill of materials, and, where dpkg-deb is installed, a Debian package. The same sources
# and the same JDK give the same bytes.
set -eu
release=$1
date=$2
SOURCE_DATE_EPOCH=$(date -u -d "$date" +%s)
export SOURCE_DATE_EPOCH
umask 022
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=${here%/cli/src/dist}
target=$root/cli/target
# shellcheck source=find-java.sh
. "$here/find-java.sh"
find_java jlink 25
case $(uname -m) in
  x86_64) architecture=amd64 ;;
  aarch64) architecture=arm64 ;;
  *) fail "no distribution for $(uname -m)" ;;
esac
rm -rf "$3"
mkdir -p "$3"
out=$(CDPATH='' cd -- "$3" && pwd)
home=$out/jbpfilter-$release
runtime=$home/runtime
app=$home/lib
share=$home/share

mkdir -p "$home/bin" "$home/cache" "$share"

# JNA logs through java.logging, though it never does here. What starts programs, and what makes
# keys, is not for this one.
"$java_home/bin/jlink" --add-modules java.base,java.logging --strip-debug --no-header-files \
  --no-man-pages --output "$runtime"
rm -f "$runtime/bin/keytool" "$runtime/lib/jexec" "$runtime/lib/jspawnhelper" \
  "$runtime/lib/jrt-fs.jar"

"$here/pack.sh" "$java_home" "$runtime/bin/java" "$app" \
  "$target/jbpfilter-cli-$release.jar" "$target"/lib/*.jar
cp "$here/run.sh" "$here/make-archive.sh" "$app"
find "$runtime/bin" "$runtime/lib" "$app" -type f \( -name '*.so' -o -name java \) \
  -exec strip --strip-unneeded {} +
chmod -R u+w,go=rX "$home"
# An archive of classes fits one jar, one list and one Java, and is named by them: the Java
# takes an archive of another jar if only size and date are the same.
id=$(cd "$home" && cat lib/bfcli.jar lib/bfcli.classlist lib/java.options runtime/release \
  runtime/lib/modules runtime/lib/server/libjvm.so | sha256sum | cut -c 1-16)
sed "s/@ID@/$id/" "$here/bfcli.sh" >"$home/bin/bfcli"
chmod 755 "$home/bin/bfcli"

run() { "$runtime/bin/java" "@$app/java.options" -cp "$app/bfcli.jar" "$@"; }
run dev.jbpfilter.cli.ManPages "$share/man"
completion() {
  mkdir -p "$share/$2"
  run dev.jbpfilter.cli.Main completion "$1" >"$share/$2/$3"
}
completion bash bash-completion/completions bfcli
completion zsh zsh/vendor-completions _bfcli
completion fish fish/vendor_completions.d bfcli.fish
cp -R "$root/doc" "$share"
cp "$root/LICENSE" "$root/README.md" "$root/CHANGELOG.md" "$share/doc"
mkdir -p "$share/doc/licences/jna"
(cd "$share/doc/licences/jna" && "$java_home/bin/jar" --extract --file "$target"/lib/jna-*.jar \
  META-INF/LICENSE META-INF/AL2.0 META-INF/LGPL2.1 && mv META-INF/* . && rmdir META-INF)

checksum() { sha256sum <"$1" | cut -d ' ' -f 1; }
java_version=$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"/\1/p' "$java_home/release")
jna=$(basename -- "$target"/lib/jna-*.jar .jar)
sed -e "s/@VERSION@/$release/g" -e "s/@JNA_VERSION@/${jna##*-}/g" \
  -e "s/@JNA_SHA256@/$(checksum "$target/lib/$jna.jar")/" \
  -e "s/@JAVA_VERSION@/$java_version/g" -e "s/@DATE@/$date/" \
  -e "s/@JAR_SHA256@/$(checksum "$app/bfcli.jar")/" \
  -e "s/@JVM_SHA256@/$(checksum "$runtime/lib/server/libjvm.so")/" \
  "$here/bom.json" >"$share/doc/bom.cdx.json"
cp "$share/doc/bom.cdx.json" "$out/jbpfilter-$release.cdx.json"

find "$home" -exec touch -h -d "$date" {} +
tar -C "$out" --sort=name --owner=0 --group=0 --numeric-owner --format=gnu -cf - \
  "jbpfilter-$release" | gzip -9n >"$out/jbpfilter-$release-linux-$architecture.tar.gz"

if command -v dpkg-deb >/dev/null; then
  "$here/debian/build.sh" "$release" "$architecture" "$id" "$home" "$out"
else
  echo "dist.sh: no dpkg-deb, so no Debian package" >&2
fi
