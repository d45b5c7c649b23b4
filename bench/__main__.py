"""`python -m bench` is the same as `python bench/kjoer.py`."""

from bench.kjoer import main

raise SystemExit(main())
