"""Tools without tables and without domain words.

Everything may use the kit; the kit uses nobody.
"""
