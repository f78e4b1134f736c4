"""The research export: records of those who agreed, without names and dates, as tables that programs read."""
