"""The demo municipality in the database: extracts, changes between them, people who can log in. Only with DEMO=1."""
