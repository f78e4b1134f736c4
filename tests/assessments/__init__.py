"""Tests of the rules of evidence."""
