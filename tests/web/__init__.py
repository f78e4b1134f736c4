"""Tests of what people see: sign-in, the shell, and every view."""
