"""The gap analysis as numbers: need, have, in training, leavers, gap. Pure Python and pandas, no models."""
