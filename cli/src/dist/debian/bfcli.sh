#!/bin/sh
# Starts bfcli from where the package jbpfilter puts it.
set -eu
PATH=/usr/sbin:/usr/bin:/sbin:/bin
app=/usr/lib/jbpfilter
# shellcheck source=../run.sh
. $app/run.sh
run_distribution $app $app/runtime /var/cache/jbpfilter @ID@ "$@"
