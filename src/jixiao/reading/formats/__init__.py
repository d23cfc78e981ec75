"""One file per format; each has `read(data, name) -> Document` and raises BadInput where it cannot."""
