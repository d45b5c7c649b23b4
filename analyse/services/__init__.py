"""Writes of the staffing analysis."""
