"""Sum up the pytest runs of `make test` in one last line. Usage: prov_sum.py MAPPE SEKUNDER [STEG SOM SVIKTET…]

A skipped test counts as a failure: a missing database or browser must never pass unnoticed.
"""

import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

KJORINGER = ("sider", "SQLite", "PostgreSQL", "nettleser")


def tell(fil: Path) -> Counter[str]:
    """Numbers of passed, failed and skipped tests in a JUnit file; an absent file is one failure."""
    if not fil.exists():
        return Counter(failed=1)
    sum_: Counter[str] = Counter()
    for suite in ElementTree.parse(fil).iter("testsuite"):  # noqa: S314 (egen fil)
        antall = {navn: int(suite.get(navn, 0)) for navn in ("tests", "failures", "errors", "skipped")}
        feilet = antall["failures"] + antall["errors"]
        sum_.update(passed=antall["tests"] - feilet - antall["skipped"], failed=feilet, skipped=antall["skipped"])
    return sum_


def main(mappe: Path, sekunder: str, sviktet: list[str]) -> int:
    """Print one line per run and the sum; 1 if anything failed or was skipped."""
    alt: Counter[str] = Counter()
    print()
    for navn in KJORINGER:
        antall = tell(mappe / f"{navn}.xml")
        alt.update(antall)
        print(f"{navn:<12}{antall['passed']:>6} passed, {antall['failed']} failed, {antall['skipped']} skipped")
    if sviktet:
        print("Sviktet: " + ", ".join(sviktet))
    deler = [f"{alt['failed']} failed"] * bool(alt["failed"]) + [f"{alt['passed']} passed"]
    deler += [f"{alt['skipped']} skipped"] * bool(alt["skipped"])
    print(f"===== {', '.join(deler)} in {float(sekunder):.2f}s =====")
    return int(bool(sviktet or alt["failed"] or alt["skipped"]))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:]))
