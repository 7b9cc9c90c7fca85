#!/bin/sh
# Builds the Debian package from the unpacked distribution: build.sh VERSION ARCHITECTURE ID HOME OUT
#   ID    names the class archive
#   HOME  the directory of the distribution
#   OUT   where the package goes
# SOURCE_DATE_EPOCH is the date of all files.
set -eu
version=$1
architecture=$2
id=$3
home=$4
out=$5
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
package=$out/debian
share=$package/usr/share
doc=$share/doc/jbpfilter

rm -rf "$package"
mkdir -p "$package/DEBIAN" "$package/usr/sbin" "$package/usr/lib/systemd/system" \
  "$package/var/cache/jbpfilter" "$share/man"
cp -R "$home/lib" "$package/usr/lib/jbpfilter"
cp -R "$home/runtime" "$package/usr/lib/jbpfilter/runtime"
cp -R "$home/share/man" "$home/share/bash-completion" "$home/share/zsh" "$home/share/fish" "$share"
mkdir -p "$doc" "$share/lintian/overrides"
cp "$here/lintian-overrides" "$share/lintian/overrides/jbpfilter"
cp -R "$home/share/doc/." "$doc"
rm -r "$doc/LICENSE" "$doc/licences" "$doc/systemd"
cp "$here/copyright" "$doc/copyright"
cat >"$doc/changelog" <<END
jbpfilter ($version) unstable; urgency=medium

  * What changed is in CHANGELOG.md.

 -- jbpfilter maintainers <maintainers@jbpfilter.dev>  $(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")
END
gzip -9n "$doc/changelog" "$share"/man/man*/*
for unit in bfcli.service bfcli-metrics.service bfcli-metrics.timer; do
  sed -e 's|/usr/local/bin|/usr/sbin|g' -e 's|/usr/lib/jvm|/usr/lib/jbpfilter|' \
    "$home/share/doc/systemd/$unit" >"$package/usr/lib/systemd/system/$unit"
done
sed "s/@ID@/$id/" "$here/bfcli.sh" >"$package/usr/sbin/bfcli"
chmod 755 "$package/usr/sbin/bfcli"

size=$(du -sk "$package" | cut -f 1)
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@SIZE@/$size/" \
  "$here/control" >"$package/DEBIAN/control"
for script in postinst prerm; do
  sed "s/@ID@/$id/" "$here/$script" >"$package/DEBIAN/$script"
  chmod 755 "$package/DEBIAN/$script"
done
(cd "$package" && find usr -type f | LC_ALL=C sort | xargs -d '\n' md5sum) >"$package/DEBIAN/md5sums"
find "$package" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz -z3 --threads-max=1 --build "$package" \
  "$out/jbpfilter_${version}_$architecture.deb"
rm -r "$package"
