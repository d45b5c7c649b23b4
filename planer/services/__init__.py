"""All that writes to plans, one module per room."""
