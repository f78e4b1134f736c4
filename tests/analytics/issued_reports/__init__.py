"""Tests of the reports for funders."""
