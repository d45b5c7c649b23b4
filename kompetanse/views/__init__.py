"""Pages for the competence requirements."""
