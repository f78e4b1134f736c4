"""A sign-off through the years, walked by the people concerned."""
