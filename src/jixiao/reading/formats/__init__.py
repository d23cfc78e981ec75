"""One file per format; each has `read(data, name) -> Document` and raises BadInput for what it cannot read."""
