"""Pages of the staffing analysis."""
