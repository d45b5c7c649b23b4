"""How a result becomes a page: cells, tables, trends. Only the screen; print and files have their own rooms."""
