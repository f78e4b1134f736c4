"""The form by which practice is watched: a trainer's, and one's own or a partner's evaluation."""
