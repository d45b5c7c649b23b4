"""Speed, measured as ratios in one run: `make bench`. See docs/maalinger.md for the last table."""
