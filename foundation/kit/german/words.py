"""Words of a German text: where they stand, how they are folded, and their stems."""

from __future__ import annotations

import functools
import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import Stemmer

# What is longer is no word, and a reader's query needs no more of a text than this.
LONGEST_WORD = 60
LONGEST_TEXT = 100_000

# German spells ä as ae where it has to; the others have no decomposition in Unicode.
_FOLD = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "oe",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
    }
)

_LETTERS = r"[^\W_]"
# A word with its gender form („Bürger:innen“, „Bürger*in“, „Bürger/-innen“, „Bürger(innen)“, „jede:r“),
# possibly hyphenated. A soft hyphen is no hyphen; it may stand anywhere.
_GENDER_END = r"(?:(?:[:*·]|/-?|_)(?:innen|in|er|n|r|e)\b|\((?:innen|in)\))"
_SEGMENT = rf"(?:{_LETTERS}|\u00ad|(?<=\w)[\u0300-\u036f])+{_GENDER_END}?"
_WORD = re.compile(rf"{_SEGMENT}(?:[-\u2010\u2011]{_SEGMENT})*")
_HYPHEN = re.compile(r"(?<!/)[-\u2010\u2011]")
_GENDER = re.compile(r"(?:(?:[:*·]|/-?|_)(?:innen|in|er|n|r|e)|\((?:innen|in)\)|(?<=[a-zäöüß])In(?:nen)?)$")
_SUNG = re.compile(r"^(.{6,})ung(?:en|s)?$")

# Words that say nothing about what a text is about, folded. Not indexed, and not asked for.
_STOP_WORDS = """
aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch
auf aus bei beim bin bis bist bzw da dabei dadurch dafuer damit dann das dass daran darauf darin
davon dazu dein deine dem den denn der deren des dessen dich die dies diese diesem diesen dieser
dieses dir doch dort du durch eher ein eine einem einen einer eines einige einigen einiger er es
etwa etwas euch eur eure fuer gegen gibt hab habe haben hat hatte hatten hier hin hinter ich ihm ihn
ihnen ihr ihre ihrem ihren ihrer ihres im in indem ins ist ja jede jedem jeden jeder jedes jene
jenem jenen jener kann kein keine keinem keinen keiner koennen koennte machen macht man mehr mein
meine meinem meinen meiner mich mir mit muss muessen nach nicht nichts noch nun nur ob oder ohne
schon sehr sein seine seinem seinen seiner seit selbst sich sie sind so solche soll sollen sollte
sondern sonst sowie ueber um und uns unser unsere unserem unseren unserer unter usw viel viele
vielen vom von vor waehrend war waren warum was weil welche welchem welchen welcher welches wenn wer
werde werden wie wieder will wir wird wo wozu wurde wurden zu zum zur zwar zwischen
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: `text[start:end]`, and its hyphenated segments, folded, without gender form."""

    start: int
    end: int
    segments: tuple[str, ...]

    @property
    def joined(self) -> str:
        """The segments without hyphens: `Co-Working` → `coworking`."""
        return "".join(self.segments)


@functools.lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """`Straße` → `strasse`, `Œuvre` → `oeuvre`: only a–z and 0–9 are left, possibly nothing."""
    lower = unicodedata.normalize("NFKC", text).lower().translate(_FOLD)
    plain = unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "", plain)


def words_of(text: str) -> Iterator[Word]:
    """The words of a text in their order; what is not written in Latin letters or digits is passed over."""
    for match in _WORD.finditer(text[:LONGEST_TEXT]):
        segments = (fold(_GENDER.sub("", part)) for part in _HYPHEN.split(match[0]))
        sound = tuple(part for part in segments if part and len(part) <= LONGEST_WORD)
        if sound:
            yield Word(match.start(), match.end(), sound)


# Stemmer objects are not made for several threads at once; the lock of the cache is not enough.
_LOCK = threading.Lock()
_SNOWBALL = Stemmer.Stemmer("german", 0)


@functools.lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Snowball's German stem of a folded word; `förderung`, `fördern` and `förder-` have the same one."""
    verb = _SUNG.match(word)
    with _LOCK:
        return _SNOWBALL.stemWord(verb[1] if verb else word)


def is_stop_word(word: str) -> bool:
    """Whether a folded word says nothing, or is a single letter."""
    return word in STOP_WORDS or (len(word) == 1 and not word.isdigit())
