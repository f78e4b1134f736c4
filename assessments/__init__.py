"""How learning and practice are judged: scoring, forms, observations, supervision, sign-off, and who may record them."""
