"""A person's own record, whole, in plain words: to read, to take away, and to hand over when somebody asks for it."""
