"""What could be recorded next towards a gate, as facts and in plain words."""
