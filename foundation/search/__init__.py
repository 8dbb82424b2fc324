"""Search: one index over everything that rooms declare searchable, asked with the rights of the reader.

Rooms hang `Source` classes on the name plate `searchable` of their `AppConfig`; nobody else writes SQL.
"""
