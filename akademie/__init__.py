"""The roof: settings, addresses, home and everything that looks down on all rooms.

Nobody looks up to it.
"""
