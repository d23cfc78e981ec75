"""Side-by-side runs against named peers; ratios within one run count, absolute times drift."""
