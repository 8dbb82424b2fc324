"""Topics: the one vocabulary that all rooms share.

A topic is a tag with a German-safe slug; the rooms hang themselves on it.
"""
