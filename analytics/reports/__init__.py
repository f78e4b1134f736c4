"""Documents on paper: one house style, one way to set them, the same bytes on every machine."""
