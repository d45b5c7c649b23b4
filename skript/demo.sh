#!/usr/bin/env bash
# make demo: bygger demokommunen på nytt.
. "$(dirname "$0")/felles.sh"
skript/installer.sh drift
demomiljo
stille migrate "$PY" manage.py migrate --no-input
exec "$PY" manage.py lag_demo --paa-nytt
