"""*Observe* without signal: what a device is given to take along, and what it sends when there is signal again."""
