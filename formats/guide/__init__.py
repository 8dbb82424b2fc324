"""The guide (Wegweiser): decision trees as data.

From the ground up: plan (a tree as a value), schema and files (its YAML), walk and scoring (pure
functions), checks, editions, counting, pages and the editors' desk.
"""
