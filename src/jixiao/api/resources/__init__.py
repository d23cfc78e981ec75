"""The resources, one file per noun; each reads through `ledger.queries` and writes through `ledger.actions`."""
