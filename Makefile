# Tynn inngang til skript/. «make hjelp» viser hva som finnes.
.PHONY: hjelp run setup test lint format bench demo las

hjelp:            ## Vis denne oversikten
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

run:              ## Installer det som mangler, last demokommunen og start på 127.0.0.1:8000
	@skript/kjor.sh

setup:            ## Installer alt som trengs for å kjøre og prøve, uten å starte noe
	@skript/installer.sh alt

test:             ## Kjør alle prøver: kodestil, piler, SQLite, PostgreSQL, nettleser, axe, PDF, drift
	@skript/prov.sh

lint:             ## Kodestil og pilene mellom mappene
	@skript/lint.sh

format:           ## Rett opp kodestilen
	@skript/installer.sh alt && .venv/bin/ruff check -q --fix . ; .venv/bin/ruff format . ; .venv/bin/djhtml --tabwidth 2 templates

bench:            ## Mål hastigheten ved 2 500, 25 000 og 250 000 rader
	@skript/maal.sh

demo:             ## Bygg demokommunen på nytt (sletter det som ligger i demobasen)
	@skript/demo.sh

las:              ## Lås Python-pakkene på nytt etter endring i krav/*.in
	@skript/las.sh
