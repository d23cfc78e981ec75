"""Writes docs/reference from the program itself: `python -m scripts.reference`, with `--check` only compares.

Every page is a function of the definitions and the example data, so running it twice changes nothing.
"""
