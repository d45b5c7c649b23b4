#!/usr/bin/env bash
# make lint: kodestil, format, innrykk i malene og pilene mellom mappene.
. "$(dirname "$0")/felles.sh"
skript/installer.sh alt
feil=0
.venv/bin/ruff check --quiet . || feil=1
.venv/bin/ruff format --quiet --check --diff . || feil=1
.venv/bin/djhtml --check --tabwidth 2 templates 2>/dev/null || feil=1
.venv/bin/lint-imports --no-cache || feil=1
exit $feil
