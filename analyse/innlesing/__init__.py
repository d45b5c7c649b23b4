"""From a file out of the HR system to checked rows: read in a limited child, find columns, parse, check, preview."""
