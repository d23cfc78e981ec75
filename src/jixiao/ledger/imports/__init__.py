"""Files on their way into the ledger: staged, judged row by row, given back to be put right, committed at once.

The acts are in `jixiao.ledger.actions.imports`; what is here decides and writes nothing but its own staging.
"""
