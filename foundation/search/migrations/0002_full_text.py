"""The full-text index beside the entries: FTS5 kept by triggers on SQLite, GIN over a column on PostgreSQL."""

from django.db import migrations
from django.db.migrations.operations.base import Operation

COLUMNS = ["title_terms", "key_terms", "body_terms", "part_terms", "facet_terms"]
NAMES = ", ".join(COLUMNS)
OLD = ", ".join(f"old.{name}" for name in COLUMNS)
NEW = ", ".join(f"new.{name}" for name in COLUMNS)
REMOVE = f"INSERT INTO search_fts(search_fts, rowid, {NAMES}) VALUES ('delete', old.id, {OLD});"
ADD = f"INSERT INTO search_fts(rowid, {NAMES}) VALUES (new.id, {NEW});"

SQLITE = [
    f"CREATE VIRTUAL TABLE search_fts USING fts5({NAMES}, content='search_entry', content_rowid='id', tokenize='ascii')",
    f"CREATE TRIGGER search_fts_added AFTER INSERT ON search_entry BEGIN {ADD} END",
    f"CREATE TRIGGER search_fts_gone AFTER DELETE ON search_entry BEGIN {REMOVE} END",
    # Only where the words change; the rows also carry what is shown.
    f"CREATE TRIGGER search_fts_changed AFTER UPDATE OF {NAMES} ON search_entry BEGIN {REMOVE} {ADD} END",
]
SQLITE_BACK = [
    "DROP TRIGGER search_fts_added",
    "DROP TRIGGER search_fts_gone",
    "DROP TRIGGER search_fts_changed",
    "DROP TABLE search_fts",
]
WEIGHTS = dict(zip(COLUMNS, "ABCDD", strict=True))
VECTOR = " || ".join(
    f"setweight(to_tsvector('simple'::regconfig, {name}), '{weight}')" for name, weight in WEIGHTS.items()
)
POSTGRES = [
    f"ALTER TABLE search_entry ADD COLUMN vector tsvector GENERATED ALWAYS AS ({VECTOR}) STORED",
    # Without the pending list: what was saved is found at full speed at once.
    "CREATE INDEX search_entry_vector ON search_entry USING gin (vector) WITH (fastupdate = off)",
]
POSTGRES_BACK = ["DROP INDEX search_entry_vector", "ALTER TABLE search_entry DROP COLUMN vector"]


class MakeFullText(Operation):
    """Structure that models cannot say; no `RunPython`, which in this house fills tables."""

    def state_forwards(self, app_label, state):
        pass  # no model knows of it

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
            schema_editor.execute(statement)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRES_BACK:
            schema_editor.execute(statement)

    def describe(self):
        return "Make the full-text index of the search"


class Migration(migrations.Migration):
    dependencies = [("search", "0001_entry")]

    operations = [MakeFullText()]
