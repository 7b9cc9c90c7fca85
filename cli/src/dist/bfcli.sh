#!/bin/sh
# Starts bfcli where its archive was unpacked, which can be anywhere, and can be read-only.
set -eu
# Only programs of the system are called, and only to follow a link or to make the class archive.
PATH=/usr/sbin:/usr/bin:/sbin:/bin
self=$0
while [ -L "$self" ]; do
  link=$(readlink -- "$self")
  case $link in
    /*) self=$link ;;
    *) self=$(dirname -- "$self")/$link ;;
  esac
done
case $self in
  */*) ;;
  *) self=./$self ;;
esac
home=$(CDPATH='' cd -P -- "${self%/*}/.." && pwd -P)
# shellcheck source=run.sh
. "$home/lib/run.sh"
run_distribution "$home/lib" "$home/runtime" "$home/cache" @ID@ "$@"
