"""Writes: one file per noun, keyword-only, `by=` mandatory, atomic, permission and event inside."""
