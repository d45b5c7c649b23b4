#!/usr/bin/env bash
# make test: alt som skal holde. Alle steg kjøres selv om ett svikter; avslutningskoden er 1 hvis noe sviktet.
. "$(dirname "$0")/felles.sh"
START=$SECONDS
skript/installer.sh alt
set +e
RESULTAT=$(mktemp -d)
trap 'rm -rf "$RESULTAT"' EXIT
SVIKT=()

# steg NAVN KOMMANDO…: skriver hva som skjer, tiden det tok, og hele utskriften når det svikter.
steg() {
  local navn=$1 fra=$SECONDS; shift
  local fil="$LOGG/prov-${navn// /-}.txt"
  printf '%-46s' "$navn"
  if "$@" >"$fil" 2>&1 </dev/null; then printf 'i orden  %4d s\n' $((SECONDS - fra))
  else printf 'SVIKTET  %4d s\n' $((SECONDS - fra)); SVIKT+=("$navn"); cat "$fil"; fi
}

prod() {
  env -i PATH="$PATH" HOME="${HOME:-/}" PYTHONPATH="$ROT" DEBUG=0 DEMO=0 BAK_PROXY=1 ALLOWED_HOSTS=plan.example.no \
    SECRET_KEY="$("$PY" -c 'import secrets; print(secrets.token_urlsafe(60))')" \
    DATABASE_URL="postgres://bruker:passord@localhost/kompetanseplan" "$@"
}
prove() { local navn=$1; shift; "$PY" -m pytest -q -p no:cacheprovider --junitxml="$RESULTAT/$navn.xml" "$@"; }
paa_begge() { prove "$1" -n "${ARBEIDERE:-2}" --dist worksteal -m "not nettleser" "${@:2}"; }

# Demobasen, som nettleserne trenger til slutt, lages mens kodestilen sjekkes.
export PROVE_MAPPE=$RESULTAT/mal
(demomiljo; SECRET_KEY=bare-for-prover DATABASE_URL=sqlite://:memory: "$PY" manage.py shell -v0 -c \
  "from pathlib import Path; from tests.malbase import demobase; demobase(Path('$PROVE_MAPPE'))") >"$LOGG/prov-demo.txt" 2>&1 &

steg "Kodestil og piler" skript/lint.sh
steg "check --deploy på produksjonsinnstillinger" prod "$PY" manage.py check --deploy --fail-level WARNING

demomiljo
export SECRET_KEY=bare-for-prover ALLOWED_HOSTS=localhost,127.0.0.1 PYTHONWARNINGS=default
export DATABASE_URL=sqlite://:memory:
steg "Ingen migrasjon mangler" "$PY" manage.py makemigrations --check --dry-run
steg "Hver side i hver rolle, uten N+1" paa_begge sider --per-rad tests/config/test_ruter.py
steg "Prøver på SQLite" paa_begge SQLite --ignore=tests/config/test_ruter.py
steg "Prøver på PostgreSQL" "$PY" skript/postgres.py \
  "$PY" -m pytest -q -p no:cacheprovider --junitxml="$RESULTAT/PostgreSQL.xml" -n "${ARBEIDERE:-2}" --dist worksteal -m "not nettleser" --bare-database
# Nettleseren venter en del på seg selv, så én til enn det er kjerner går fortere.
steg "Nettleserreiser og axe på hver side" prove nettleser -n "${NETTLESERE:-3}" --maxschedchunk 1 -m nettleser tests/nettleser

"$PY" skript/prov_sum.py "$RESULTAT" $((SECONDS - START)) "${SVIKT[@]}"
