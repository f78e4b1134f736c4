"""Tests of the research export."""
