# Felles for skriptene: står i rota, skriver korte meldinger, stopper ved første feil. Leses med «.»
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
ROT=$PWD
PY=$ROT/.venv/bin/python
LOGG=$ROT/var/logg
mkdir -p "$LOGG"
# Python oversetter hver modul én gang, når den først brukes, og legger det i var/, ikke mellom kildefilene.
export PYTHONDONTWRITEBYTECODE='' PYTHONPYCACHEPREFIX="$ROT/var/pycache"
export PIP_DISABLE_PIP_VERSION_CHECK=1 UV_PYTHON_DOWNLOADS=never

si() { printf '%s\n' "$*"; }
stopp() { printf '\n%s\n' "$*" >&2; exit 1; }

# stille LOGGNAVN KOMMANDO…: utskriften går til var/logg/, og vises bare når kommandoen feiler.
stille() {
  local fil="$LOGG/$1.txt"; shift
  if ! "$@" >"$fil" 2>&1 </dev/null; then
    tail -n 40 "$fil" >&2
    stopp "Stoppet: $* (hele utskriften ligger i ${fil#"$ROT"/})"
  fi
}

# DEMO og DEBUG er bare på her: den som starter noe annet, får produksjonens innstillinger. make run slår av DEBUG igjen.
demomiljo() { export DEBUG=1 DEMO=1; }
