"""The statistics, each against a published example and by what has to hold of it."""
