"""How learning and practice are judged: scoring, forms, observations, sign-off, and who may record what."""
