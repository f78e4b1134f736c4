"""A small store of invented people: one hub, a cohort of twelve at every stage, an account for each office.

Everything is written through the same services as the app's, in the order of time, under a clock that is set to each
event. It gives no evidence that the product improves training.
"""
