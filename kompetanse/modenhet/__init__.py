"""How mature the competence work is: comparing answers to the checklist. Pure Python, no models."""
