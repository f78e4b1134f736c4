"""What happened: append-only facts in a database, the questions asked of them, and their proof."""
