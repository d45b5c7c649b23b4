#!/usr/bin/env bash
# make run: installerer det som mangler, oppretter databasen, laster demokommunen og starter tjener og jobbkjører.
. "$(dirname "$0")/felles.sh"
skript/installer.sh drift
demomiljo
# Som i drift, også feilsidene. «make run FEILSOK=1» viser Djangos feilsøking i stedet.
export DEBUG=${FEILSOK:-0}
PORT=${PORT:-8000}
"$PY" skript/ledig_port.py "$PORT" || exit 1

stille migrate "$PY" manage.py migrate --no-input
[ ! -f skript/bygg_css.py ] || stille css "$PY" skript/bygg_css.py
# Stilark, skript og skrifter samles på nytt bare når noe av det er endret.
SAMLET=var/static/staticfiles.json
if [ ! -f "$SAMLET" ] || [ -n "$(find static node_modules/.package-lock.json .venv/pyvenv.cfg -newer "$SAMLET" -print -quit)" ]; then
  stille statisk "$PY" manage.py collectstatic --no-input
  touch "$SAMLET"
fi
"$PY" manage.py lag_demo

"$PY" manage.py db_worker --no-reload --interval 0.5 >"$LOGG/jobber.txt" 2>&1 </dev/null & JOBBER=$!
"$PY" -m gunicorn config.wsgi --bind "127.0.0.1:$PORT" --threads 4 --timeout 120 >"$LOGG/tjener.txt" 2>&1 </dev/null & TJENER=$!
slutt() { trap - EXIT INT TERM HUP; kill "$JOBBER" "$TJENER" 2>/dev/null || true; wait 2>/dev/null || true; }
trap slutt EXIT
trap 'slutt; exit 0' INT TERM HUP

"$PY" skript/vent_paa.py "http://127.0.0.1:$PORT/konto/login/" "$TJENER" || { tail -n 30 "$LOGG/tjener.txt" >&2; exit 1; }
si "
Kompetanseplan svarer på http://127.0.0.1:$PORT/
Stopp med Ctrl-C. Utskrift fra tjeneren: var/logg/tjener.txt, fra jobbkjøreren: var/logg/jobber.txt"
# Stopper den ene, stopper begge.
wait -n "$JOBBER" "$TJENER" || true
si "En av prosessene stoppet. Siste linjer:" >&2
tail -n 15 "$LOGG/tjener.txt" "$LOGG/jobber.txt" >&2
exit 1
