"""The ledger: what happened. The only Django app with tables; writes are `actions`, reads are `queries`."""
