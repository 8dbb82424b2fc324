"""The post office: every mail that may wait leaves through its outbox.

It knows people and envelopes, never what is inside.
"""
