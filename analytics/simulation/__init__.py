"""Cohorts of invented people from a seeded model whose truth is known, so that statistics can be tested against it.

Everybody has an ability in each domain, items and behaviours have their difficulty, raters their severity; what people
do follows from these and from chance. Faults are planted and listed. Everything is derived from the programme, so that
any programme can be simulated. It gives no evidence that the product improves training. See `docs/simulation.md`.
"""
