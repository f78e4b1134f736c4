"""The use cases: one function each. Rights are checked first, then the input; then facts are appended."""
