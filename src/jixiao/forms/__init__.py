"""Official forms: filled from figures and filed values, checked, written to .xlsx and read back the same.

Stands on values, relations and catalogue. Knows no ledger and no document writer; `grid` gives what both print.
"""
