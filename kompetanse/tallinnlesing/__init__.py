"""From a file of a competence system to checked counts per unit and competence. Reading and checks are shared with the
staffing lists (analyse.innlesing); here is what such a file holds, and that people are counted and then forgotten.
"""
