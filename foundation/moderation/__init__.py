"""Moderation: what may be hidden, by whom and why.

Rooms derive from `Moderated`; flags and decisions come with the exchange.
"""
