"""The rules of the role and responsibility matrix: notation, checks, answers, load. Pure: reads no database."""
