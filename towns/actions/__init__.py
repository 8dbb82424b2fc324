"""Verbs of the room, by noun: pages of towns, seats, profiles."""
