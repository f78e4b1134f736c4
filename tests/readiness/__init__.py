"""A second, plain implementation of readiness, random histories, and the comparison with the store."""
