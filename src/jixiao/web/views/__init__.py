"""One file per group of pages; each view is a function that names its whole context."""
