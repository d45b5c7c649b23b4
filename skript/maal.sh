#!/usr/bin/env bash
# make bench: måler innlesing, rapporter, sider og PDF som forholdstall, på SQLite og på en privat PostgreSQL.
. "$(dirname "$0")/felles.sh"
skript/installer.sh alt
export DEBUG=0 DEMO=1 SECRET_KEY=bare-for-maaling ALLOWED_HOSTS=localhost,127.0.0.1,testserver
exec "$PY" -m bench "$@"
