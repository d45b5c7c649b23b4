#!/usr/bin/env bash
# make test: alt som skal holde. Alle steg kjøres selv om ett svikter; avslutningskoden er 1 hvis noe sviktet.
. "$(dirname "$0")/felles.sh"
START=$SECONDS
skript/installer.sh alt
set +e
RESULTAT=$(mktemp -d)
SVIKT=$RESULTAT/svikt.txt
: >"$SVIKT"
NETT=
# Den som avbryter, stopper også det som går ved siden av.
trap '[ -z "$NETT" ] || kill -- "-$NETT" 2>/dev/null; rm -rf "$RESULTAT"' EXIT

# steg NAVN KOMMANDO…: skriver hvordan det gikk og tiden det tok, og hele utskriften når det svikter.
steg() {
  local navn=$1 fra=$SECONDS utfall='i orden'; shift
  local fil="$LOGG/prov-${navn// /-}.txt"
  "$@" >"$fil" 2>&1 </dev/null || utfall=SVIKTET
  {
    flock 9
    printf '%-46s%-8s %4d s\n' "$navn" "$utfall" $((SECONDS - fra))
    if [ "$utfall" = SVIKTET ]; then echo "$navn" >>"$SVIKT"; cat "$fil"; fi
  } 9>"$RESULTAT/utskrift.laas"
}

prod() {
  env -i PATH="$PATH" HOME="${HOME:-/}" PYTHONPATH="$ROT" DEBUG=0 DEMO=0 BAK_PROXY=1 ALLOWED_HOSTS=plan.example.no \
    SECRET_KEY="$("$PY" -c 'import secrets; print(secrets.token_urlsafe(60))')" \
    DATABASE_URL="postgres://bruker:passord@localhost/kompetanseplan" "$@"
}
prove() { local navn=$1; shift; "$PY" -m pytest -q -p no:cacheprovider --junitxml="$RESULTAT/$navn.xml" "$@"; }
paa_begge() { prove "$1" -n "${ARBEIDERE:-2}" --dist worksteal -m "not nettleser" "${@:2}"; }

export PROVE_MAPPE=$RESULTAT/mal
# To prosesser deler to kjerner; regnebibliotekets egne tråder ville bare vente på hverandre.
export OPENBLAS_NUM_THREADS=1

provemiljo() {
  demomiljo
  export SECRET_KEY=bare-for-prover ALLOWED_HOSTS=localhost,127.0.0.1 PYTHONWARNINGS=default
  export DATABASE_URL=sqlite://:memory:
}

# Nettleserne venter en del, på siden, på tjeneren og på hverandre. Derfor går de ved siden av alt det andre, i sin egen
# prosessgruppe.
set -m
(
  provemiljo
  steg "Nettleserreiser og axe på hver side" \
    prove nettleser -n "${NETTLESERE:-2}" --maxschedchunk 1 -m nettleser tests/nettleser
) &
NETT=$!
set +m

steg "Kodestil og piler" skript/lint.sh
steg "check --deploy på produksjonsinnstillinger" prod "$PY" manage.py check --deploy --fail-level WARNING
provemiljo
steg "Ingen migrasjon mangler" "$PY" manage.py makemigrations --check --dry-run
steg "Hver side i hver rolle, uten N+1" paa_begge sider --per-rad tests/config/test_ruter.py
# PostgreSQL arbeider mens prøvene venter; derfor går den mens nettleserne kan bruke det som blir ledig.
steg "Prøver på PostgreSQL" "$PY" skript/postgres.py \
  "$PY" -m pytest -q -p no:cacheprovider --junitxml="$RESULTAT/PostgreSQL.xml" -n "${ARBEIDERE:-2}" --dist worksteal -m "not nettleser" --bare-database
steg "Prøver på SQLite" paa_begge SQLite --ignore=tests/config/test_ruter.py
wait "$NETT"
NETT=

mapfile -t SVIKTET <"$SVIKT"
"$PY" skript/prov_sum.py "$RESULTAT" $((SECONDS - START)) "${SVIKTET[@]}"
