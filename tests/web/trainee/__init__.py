"""Tests of the pages that trainees learn from: what is next, modules, the manual."""
