"""Measurements side by side: each prints a ratio to something that ran in the same run."""
