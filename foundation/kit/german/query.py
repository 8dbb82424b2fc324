"""What people type into a search field: words, „phrases“ in quotes, and -words to leave out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from foundation.kit.german.words import Word, is_stop_word, words_of

LONGEST_QUERY = 200
MOST_WORDS = 12

_QUOTED = re.compile(r"(?<!\w)(-?)[\"„“”«»]([^\"„“”«»]+)[\"„“”«»]")
_MINUS = re.compile(r"(?:(?<=\s)|^)[-\u2212\u2013](?=[^\s\-])(\S+)")


@dataclass(frozen=True)
class Query:
    """A query taken apart. All words are folded; stop words count only inside phrases."""

    text: str
    words: tuple[Word, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    minus: tuple[tuple[str, ...], ...] = ()
    has_only_stop_words: bool = field(default=False, compare=False)

    def __bool__(self) -> bool:
        """Whether there is anything to look for; leaving something out is not enough."""
        return bool(self.words or self.phrases)


def parse_query(text: str) -> Query:
    """Take apart what somebody typed; whatever it is, the answer is a `Query`, possibly an empty one.

    Only the first 200 characters and 12 words count. Quotes that do not close are ignored.
    """
    text = re.sub(r"[\x00-\x1f\x7f]", " ", text[:LONGEST_QUERY]).strip()
    phrases: list[tuple[str, ...]] = []
    minus: list[tuple[str, ...]] = []
    rest = text
    for match in _QUOTED.finditer(text):
        folded = tuple(part for word in words_of(match[2]) for part in word.segments)[:MOST_WORDS]
        if all(is_stop_word(word) for word in folded):
            continue
        (minus if match[1] else phrases).append(folded)
        rest = rest.replace(match[0], " ", 1)
    for match in _MINUS.finditer(rest):
        folded = tuple(part for word in words_of(match[1]) for part in word.segments)
        if folded and not all(is_stop_word(word) for word in folded):
            minus.append(folded)
    found = list(words_of(_MINUS.sub(" ", rest)))
    words = [word for word in found if not is_stop_word(word.joined)]
    once = list({word.segments: word for word in words}.values())[:MOST_WORDS]
    return Query(text, tuple(once), tuple(phrases[:4]), tuple(minus[:6]), bool(found) and not words)
