"""Last year's report as the beginning of this year's: its figures sorted into what gives them, its numbers taken out.

Needs no table: with the packs alone the figures are sorted by their words; an office adds its packs and what
its people have said of words before.
"""
