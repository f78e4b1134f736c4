"""Tests of what is said about the raters of a hub."""
