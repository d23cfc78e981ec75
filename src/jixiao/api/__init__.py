"""REST under /api/v1/: records, figures, scores and findings for other programs.

Stands beside the pages: the same queries and actions, the same scope, the same messages; no tables of its own.
"""
