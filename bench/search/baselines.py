"""What the search is measured against: each database's own full-text search, and plain BM25.

Each gets the same texts, its own stop words and ranking, and two chances: all words, or any of them.
"""

from __future__ import annotations

import math
import re
from collections import Counter

from django.db import connection

MOST = 50


class Bm25:
    """BM25 (k1 1.2, b 0.75) over lower-case words; titles count as part of the text."""

    def __init__(self, documents: dict[str, tuple[str, str]]):
        self.words = {key: Counter(_words(" ".join(parts))) for key, parts in documents.items()}
        self.frequency = Counter(word for counts in self.words.values() for word in counts)
        self.usual = sum(counts.total() for counts in self.words.values()) / len(self.words)

    def __call__(self, query: str) -> list[str]:
        scores: Counter[str] = Counter()
        for word in set(_words(query)):
            n = self.frequency[word]
            weight = math.log(1 + (len(self.words) - n + 0.5) / (n + 0.5))
            for key, counts in self.words.items():
                if tf := counts[word]:
                    length = counts.total() / self.usual
                    scores[key] += weight * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * length))
        return [key for key, _ in sorted(scores.items(), key=lambda item: (-item[1], item[0]))][:MOST]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


class OwnSearch:
    """FTS5 with unicode61 and bm25(), or PostgreSQL's `german` with ts_rank."""

    def __init__(self, documents: dict[str, tuple[str, str]], *, any_word: bool):
        self.any_word = any_word
        self.keys = list(documents)
        self.sqlite = connection.vendor == "sqlite"
        self.name = "SQLite unicode61" if self.sqlite else "PostgreSQL german"
        rows = [(number, *documents[key]) for number, key in enumerate(self.keys, start=1)]
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS bench_own")
            if self.sqlite:
                cursor.execute("CREATE VIRTUAL TABLE bench_own USING fts5(title, body, tokenize='unicode61')")
                cursor.executemany("INSERT INTO bench_own(rowid, title, body) VALUES (%s, %s, %s)", rows)
            else:
                cursor.execute("CREATE TABLE bench_own (id int, vector tsvector)")
                vector = "setweight(to_tsvector('german', %s), 'A') || to_tsvector('german', %s)"
                cursor.executemany(f"INSERT INTO bench_own VALUES (%s, {vector})", rows)

    def __call__(self, query: str) -> list[str]:
        words = _words(query)
        with connection.cursor() as cursor:
            if self.sqlite:
                joined = (" OR " if self.any_word else " ").join(f'"{word}"' for word in words)
                sql = "SELECT rowid FROM bench_own WHERE bench_own MATCH %s"
                cursor.execute(f"{sql} ORDER BY bm25(bench_own, 4.0, 1.0), rowid LIMIT {MOST}", [joined])
            else:
                text = (" or " if self.any_word else " ").join(words)
                sql = "SELECT id FROM bench_own, websearch_to_tsquery('german', %s) q WHERE vector @@ q"
                cursor.execute(f"{sql} ORDER BY ts_rank(vector, q) DESC, id LIMIT {MOST}", [text])
            return [self.keys[row[0] - 1] for row in cursor.fetchall()]
