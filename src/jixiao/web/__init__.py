"""The pages: server-rendered, whole without JavaScript. They read through `ledger.queries` and write through `ledger.actions`."""
