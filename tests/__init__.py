"""Tests of Practicum: one folder a package."""
