"""The statistics of the product: pure functions of counts and arrays. Formulas and sources: docs/methods.md."""
