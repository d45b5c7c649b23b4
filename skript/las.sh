#!/usr/bin/env bash
# make las: låser pakkene i krav/*.in med hasher, uten vertsnavn eller stier. Versjoner som alt er låst, beholdes;
# «make las OPPGRADER=1» tar nyeste.
. "$(dirname "$0")/felles.sh"
skript/installer.sh alt
for navn in utvikling drift; do
  si "Låser krav/$navn.txt"
  stille las .venv/bin/uv pip compile "krav/$navn.in" -o "krav/$navn.txt" --universal --python-version 3.11 \
    --generate-hashes --no-header --no-annotate ${OPPGRADER:+--upgrade} \
    $([ "$navn" = drift ] && echo "-c krav/utvikling.txt")
done
