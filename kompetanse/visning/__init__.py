"""What the pages show, made from what queries return."""
