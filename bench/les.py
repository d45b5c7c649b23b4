"""What it costs openpyxl in read-only mode merely to read the file. Usage: python -m bench.les FIL GANGER"""

import sys

import openpyxl

from bench.prosess import median, svar


def les(sti: str) -> int:
    """Read every cell; returns the number of lines."""
    bok = openpyxl.load_workbook(sti, read_only=True, data_only=True)
    antall = sum(1 for _ in bok.active.iter_rows(values_only=True))
    bok.close()
    return antall


if __name__ == "__main__":
    svar(sekunder=median(lambda: les(sys.argv[1]), int(sys.argv[2])))
