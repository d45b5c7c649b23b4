"""What the pages of the plans show, made ready for their templates; one module per room."""
