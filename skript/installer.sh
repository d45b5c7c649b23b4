#!/usr/bin/env bash
# Installerer det som mangler: systempakker (apt), .venv fra låst fil med hasher, og npm-pakkene.
#   skript/installer.sh drift   det programmet trenger for å kjøre
#   skript/installer.sh alt     i tillegg det prøvene trenger
# Ferdige steg huskes med et stempel av låsefila, så neste gang tar brøkdelen av et sekund.
. "$(dirname "$0")/felles.sh"
OMFANG=${1:-alt}

finnes() { command -v "$1" >/dev/null 2>&1; }
pakke_finnes() { finnes dpkg-query && dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

finn_python() {
  local navn
  for navn in python3.11 python3.12 python3.13 python3; do
    if finnes "$navn" && "$navn" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$navn"; return
    fi
  done
}

manglende_pakker() {
  local pakke
  for pakke in libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core; do
    pakke_finnes "$pakke" || echo "$pakke"
  done
  finnes node || echo nodejs
  finnes npm || echo npm
  local python; python=$(finn_python)
  if [ -z "$python" ]; then echo python3 python3-venv
  elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then echo python3-venv; fi
  [ "$OMFANG" = alt ] || return 0
  finnes "${CHROMIUM:-chromium-headless-shell}" || finnes chromium || echo chromium-headless-shell
  finnes pdftotext || echo poppler-utils
  pakke_finnes libatomic1 || echo libatomic1 # playwrights egen node
  finnes initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || echo postgresql
}

installer_pakker() {
  local linje="apt-get install -y --no-install-recommends $*" foran=()
  finnes apt-get || stopp "Disse systempakkene mangler (navn fra Debian): $*"
  if [ "$(id -u)" != 0 ]; then
    if finnes sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then foran=(sudo)
    else stopp "Disse systempakkene mangler. Kjør denne linjen som administrator, og prøv igjen:

  apt-get update && $linje"; fi
  fi
  si "Installerer systempakker: $*"
  stille apt-update "${foran[@]}" apt-get update -q
  # shellcheck disable=SC2086
  stille apt-install "${foran[@]}" env DEBIAN_FRONTEND=noninteractive $linje
}

# stempel NAVN FIL…: fingeravtrykket av det et steg bygger på.
stempel() { cat "$@" | sha256sum | cut -d' ' -f1; }

lag_miljo() {
  [ -x "$PY" ] && "$PY" -c 'import pip' 2>/dev/null && return
  si "Lager .venv"
  stille venv "$(finn_python)" -m venv --clear .venv
}

installer_python() {
  local fil=krav/$1.txt merke=".venv/.stempel-$1" nokkel
  nokkel=$(stempel "$fil")
  [ "$(cat "$merke" 2>/dev/null)" = "$nokkel" ] && return
  si "Installerer Python-pakker fra $fil"
  stille pip "$PY" -m pip install --no-compile --require-hashes -r "$fil"
  echo "$nokkel" >"$merke"
}

installer_npm() {
  local merke=node_modules/.stempel nokkel
  nokkel=$(stempel package.json package-lock.json)
  [ "$(cat "$merke" 2>/dev/null)" = "$nokkel" ] && return
  si "Henter designsystemet og teksteditoren (npm ci)"
  stille npm npm ci --include=dev
  echo "$nokkel" >"$merke"
}

# Teksteditoren settes sammen til én fil i var/bygg, som sendes som statisk fil.
bygg_editor() {
  local merke=var/bygg/.stempel nokkel
  nokkel=$(stempel package-lock.json static/js/planer/editor/*.js static/js/felles/*.js)
  [ "$(cat "$merke" 2>/dev/null)" = "$nokkel" ] && [ -s var/bygg/editor.js ] && return
  si "Bygger teksteditoren"
  mkdir -p var/bygg
  stille esbuild node_modules/.bin/esbuild static/js/planer/editor/editor.js --bundle --minify --format=iife \
    --target=es2022 --legal-comments=none --outfile=var/bygg/editor.js
  echo "$nokkel" >"$merke"
}

lag_nokkel() {
  [ -s var/hemmelig_nokkel ] && return
  (umask 077; "$PY" -c 'import secrets; print(secrets.token_urlsafe(60))' >var/hemmelig_nokkel)
}

mapfile -t mangler < <(manglende_pakker | tr ' ' '\n')
[ ${#mangler[@]} -eq 0 ] || installer_pakker "${mangler[@]}"
# npm og pip venter mest på nettet, så de går side om side.
installer_npm &
NPM=$!
lag_miljo
case $OMFANG in
  # utvikling.txt inneholder alt i drift.txt med samme versjoner.
  drift) [ "$(cat .venv/.stempel-utvikling 2>/dev/null)" = "$(stempel krav/utvikling.txt)" ] || installer_python drift ;;
  alt) installer_python utvikling ;;
  *) stopp "Bruk: skript/installer.sh drift|alt" ;;
esac
wait "$NPM" || exit 1
bygg_editor
lag_nokkel
