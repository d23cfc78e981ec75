"""Reports made up from a seed, with what is in them known: every quantity, every relation, every planted error.

`reports` writes clean ones, `errors` plants one error in a copy, `layouts` makes files of them, `measure` holds
the reader against them. Knows nothing of how the reader works: its units, values and verdicts are told anew here.
"""
