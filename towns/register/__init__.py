"""The official register: read a file, compare it with what we know, write the difference.

`source` opens files, `excerpt` and `gv100ad` read the two forms, `difference` compares, `write` stores.
"""
