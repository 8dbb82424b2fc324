"""The one analyser of German text, for indexing and for queries; it knows no tables and no domain words."""
