"""The bureau's desk: packages unpacked, recognised, examined alike, compared and made public.

`parts` opens files, `manifest` reads what our own packages say of themselves, `recognise` finds department, year and
forms, `examine` computes score and defects. Writes are in `actions.desk…`, reads in `queries.desk`.
"""
