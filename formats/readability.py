"""How easily a German text reads, told in a sentence that an editor understands. Pure, no request.

The measure is the first Wiener Sachtextformel (R. Bamberger, E. Vanecek: Lesen – Verstehen – Lernen –
Schreiben, Wien 1984): 0.1935·MS + 0.1672·SL + 0.1297·IW − 0.0327·ES − 0.875, with MS = percentage of
words of three or more syllables, SL = words per sentence, IW = percentage of words of more than six
letters, ES = percentage of words of one syllable. It names a school year, about 4 (very easy) to 15
(very hard). Where the sentence draws its lines (`PLAIN`, `HARD`) is our own choice: Steckbriefe speak
of „Stadtentwicklung“, so they start higher than a school book.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

PLAIN, HARD = 11, 14  # school years: up to PLAIN reads well, above HARD is hard
LONG_SENTENCE = 24  # words, on average
VERY_LONG_SENTENCE = 32  # words, of a single one
ENOUGH = 8  # fewer words say nothing

_WORD = re.compile(r"[^\W\d_]+")
# „Bürgermeister:innen“ is one word, „Akteur*in“ too.
_GENDER = re.compile(r"(?<=\w)[:*_](?=\w)")
# A full stop here ends no sentence: short forms, single letters, days and years.
_NO_END = re.compile(
    r"\b(?:bzw|ca|etc|evtl|ggf|inkl|max|min|Mio|Mrd|Nr|Prof|Dr|St|Str|usw|vgl|[A-Za-zÄÖÜäöü]|\d{1,4})\.",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?…]+(?:[\"“”»)]+)?(?:\s+|$)|\n+")

_VOWELS = "aeiouyäöüéèêáàâóòôíú"
# One sound written with two letters; any other two vowels are two syllables (The-a-ter, Ak-ti-on).
_NUCLEUS = re.compile(f"äu|[ae]i|[ae]u|ie|aa|ee|oo|oi|ou|ay|ey|[{_VOWELS}]")
_CONSONANT_Y = re.compile(r"y(?=[aeiou])")  # Yoga
# „be-urteilen“, „ge-eignet“: the prefix is a syllable of its own.
_PREFIXED = re.compile(r"^(be|ge)(?=urt|unr|eint|einf|eind|end|inhalt|irr|eil|eig|ehr)")
# Medi-en, Famili-e, Muse-um: two vowels that elsewhere are one sound.
_PARTED = re.compile(
    r"(?<=[bcdfglmnprtvz])i(?=ens?$)|(?<=famil)i(?=en?$)"
    r"|(?:(?<=stud)|(?<=^ser)|(?<=^lin)|(?<=^akt))i(?=e$)|e(?=um$)|(?<=d)e(?=en$)"
)


@dataclass(frozen=True)
class Reading:
    """What was counted in a text; `years` is the school year of the formula."""

    words: int
    sentences: int
    longest: int
    years: float
    long_words: tuple[str, ...]

    @property
    def mean(self) -> int:
        """Words in a sentence, on average."""
        return round(self.words / self.sentences) if self.sentences else 0

    @property
    def sentence(self) -> str:
        """What to tell the editor; empty for a text too short to judge."""
        if self.words < ENOUGH:
            return ""
        reasons = []
        if self.mean > LONG_SENTENCE:
            reasons.append(f"lange Sätze, im Mittel {self.mean} Wörter")
        elif self.longest > VERY_LONG_SENTENCE:
            reasons.append(f"ein Satz mit {self.longest} Wörtern")
        if self.years > PLAIN and self.long_words:
            named = " und ".join(f"„{word}“" for word in self.long_words)
            reasons.append(f"lange Wörter wie {named}")
        if self.years <= PLAIN:
            return f"Gut lesbar, aber: {reasons[0]}." if reasons else "Gut lesbar."
        verdict = "Anspruchsvoll" if self.years <= HARD else "Schwer lesbar"
        return f"{verdict}: {', '.join(reasons)}." if reasons else f"{verdict}."


def reading_of(text: str) -> Reading:
    """Count a text; a line end ends a sentence too, so entries of a list are sentences."""
    sentences = [words for part in _sentences(text) if (words := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return Reading(0, 0, 0, 0.0, ())
    syllables = [syllables_of(word) for word in words]
    many = _share(count >= 3 for count in syllables)
    single = _share(count == 1 for count in syllables)
    letters = _share(len(word) > 6 for word in words)
    mean = len(words) / len(sentences)
    years = 0.1935 * many + 0.1672 * mean + 0.1297 * letters - 0.0327 * single - 0.875
    heavy = dict.fromkeys(word for word, count in zip(words, syllables, strict=True) if count >= 4)
    return Reading(
        words=len(words),
        sentences=len(sentences),
        longest=max(map(len, sentences)),
        years=round(years, 1),
        long_words=tuple(sorted(heavy, key=len, reverse=True)[:2]),
    )


def syllables_of(word: str) -> int:
    """Syllables of a German word as it is spoken, at least one: `Stadtentwicklung` has four.

    Counts vowel sounds; what tells no vowel sound apart in writing (a few foreign words) may be off
    by one.
    """
    word = word.lower().replace("qu", "q")
    word = _CONSONANT_Y.sub("j", word)
    word = _PREFIXED.sub(r"\1-", word)
    word = _PARTED.sub(lambda vowel: f"{vowel[0]}-", word)
    return max(1, len(_NUCLEUS.findall(word)))


def _sentences(text: str) -> list[str]:
    joined = _GENDER.sub("", text)
    return _END.split(_NO_END.sub(lambda short: short[0].replace(".", " "), joined))


def _share(hits: Iterable[bool]) -> float:
    marks = list(hits)
    return 100 * sum(marks) / len(marks)
