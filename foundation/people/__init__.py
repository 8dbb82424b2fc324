"""People: who logs in, in which role, and how they leave.

Knows no town; who speaks for a town is decided in `towns`.
"""
