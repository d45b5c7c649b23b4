"""Pages of the plans, one module per room."""
