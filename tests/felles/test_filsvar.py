"""A file as an answer: its type follows the name, the name is safe in the header, the browser never guesses."""

import pytest

from felles.filsvar import som_fil


@pytest.mark.parametrize(
    ("navn", "type_", "nedlasting"),
    [
        ("tiltak-2025-07-01.csv", "text/csv; charset=utf-8", 'attachment; filename="tiltak-2025-07-01.csv"'),
        ("plan.PDF", "application/pdf", 'attachment; filename="plan.PDF"'),
        ("uten", "application/octet-stream", 'attachment; filename="uten"'),
        ("Møte.pdf", "application/pdf", "attachment; filename=\"M_te.pdf\"; filename*=UTF-8''M%C3%B8te.pdf"),
        (
            'a"; x="b.pdf',
            "application/pdf",
            "attachment; filename=\"a; x=b.pdf\"; filename*=UTF-8''a%22%3B%20x%3D%22b.pdf",
        ),
    ],
)
def test_type_og_navn(navn, type_, nedlasting):
    svar = som_fil(b"innhold", navn)
    assert (svar["Content-Type"], svar["Content-Disposition"]) == (type_, nedlasting)
    assert (svar.content, svar["X-Content-Type-Options"], svar["Cache-Control"]) == (
        b"innhold",
        "nosniff",
        "private, no-store",
    )


def test_lagret_type_gaar_foran_navnet():
    assert som_fil(b"%PDF-", "side.html", innholdstype="application/pdf")["Content-Type"] == "application/pdf"
