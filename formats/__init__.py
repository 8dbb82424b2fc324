"""Formats: the Steckbriefe of learning and exchange formats, and the methods.

Published text is an immutable revision; the rows show what is live.
"""
