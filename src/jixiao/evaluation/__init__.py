"""How good is what was reported? Targets, points rules, grades and monitoring lights, in exact
arithmetic.

Pure: no reading of files, databases or clocks. Nothing reported is never taken for zero.
"""
