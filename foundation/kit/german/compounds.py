"""Parts of German compounds by a word list; for background work only.

The word list (simplemma) takes over 100 MB and a second to load: a web worker must never call
`split`. It indexes with the splits that are stored already and leaves new words to a task.
"""

from __future__ import annotations

import functools
import re

SHORTEST_COMPOUND = 7
LONG_PART = 12
# Short nouns that do stand in compounds; other parts of three letters are mostly accidents.
_SHORT = {"amt", "bad", "bau", "bus", "hof", "ort", "rad", "rat", "see", "tag", "tal", "tor", "weg", "zug"}
# What has long become a word of its own: nobody who asks for „Rat“ means „Rathaus“.
_WHOLE_WORDS = """
bürgermeister bürgermeisterin bürgermeistern bürgermeisters rathaus rathauses rathäuser ratgeber
unternehmen unternehmens unternehmer grundstück grundstücke grundstücks friedhof friedhofs
moderation moderationen interkommunal interkommunale interkommunalen handwerk handwerker bahnhof
bahnhofs
"""
_WHOLE = frozenset(_WHOLE_WORDS.split())
# Endings of a first part before the next one begins.
_LINKS = ("s", "es", "n", "en", "er", "e")
# What looks like a noun at the end of a word and is an ending.
_ENDINGS_WORDS = """
bare baren chen chens cher eich eit eite eiten haft halt heit heiten ieren ierte ierten ierung
igkeit isch ische ischen keit keiten lich ation nation ration sation tation liche lichen licher
liches losen loser schaft schaften tion ungen weise werk wesen innen akt akte tand nis nisse nissen
ion ionen rial rung lung dung tung erin erinnen isten ismus tum tums sam same samen rinnen eren erer
eres ende enden
"""
_ENDINGS = frozenset(_ENDINGS_WORDS.split())
# Prefixes that make a new word out of one, and are no part of a compound.
_PREFIXES_WORDS = """
ab an auf aus außen außer bei besonder da dazu dem den dies durch ein ent fest für gegen gleich her
herab heraus herunter hin hinter hinzu inner innen inter jeder miss mit nach neben ober rück statt
teil über um unter ver vor voran weg weiter wider wieder zer zu zurück zusammen zwischen
"""
_PREFIXES = frozenset(_PREFIXES_WORDS.split())


def split(word: str) -> tuple[str, ...]:
    """`städtebauförderung` → (`städte`, `bau`, `förderung`); empty where nothing is to be split.

    Long parts are followed by their own parts. `word` is lower case with its umlauts; parts come as
    they are written, without linking letters.
    """
    if not SHORTEST_COMPOUND <= len(word) <= 40 or not re.fullmatch("[a-zäöüß]+", word):
        return ()
    if _is_verb(word):
        return ()
    parts = () if word in _WHOLE else _best(word)[1:]
    deeper = [part for whole in parts if len(whole) >= LONG_PART for part in split(whole)]
    return (*parts, *deeper)


@functools.lru_cache(maxsize=50_000)
def _best(word: str) -> tuple:
    """The best way through the word as (worth, *parts); only the worth where it stays whole."""
    best: tuple = (0.0,)
    for cut in range(len(word) - 3, 2, -1):
        head, tail = word[:cut], word[cut:]
        first = _first_part(head)
        # „Arbeits|tage“, not „Arbeit|stage“.
        if not first or (tail[0] == "s" and _is_part(tail[1:])):
            continue
        for rest in ((tail,) if _is_part(tail) else (), _rest(tail)):
            worth = (_worth(first) + sum(map(_worth, rest))) / (1 + len(rest)) if rest else 0
            if worth > best[0]:
                best = (worth, first, *rest)
    return best


def _rest(tail: str) -> tuple[str, ...]:
    return _best(tail)[1:] if len(tail) >= SHORTEST_COMPOUND and tail not in _WHOLE else ()


def _worth(part: str) -> float:
    # Few long parts beat many short ones, and two middling ones a short and a long one.
    return (5.5 if part in _SHORT else min(len(part), 9)) ** 0.5


def _first_part(head: str) -> str:
    """The word at the beginning of a compound, without its linking letters; empty if it is none."""
    if head in _PREFIXES:
        return ""
    if _is_part(head):
        return head
    if len(head) >= 4 and (_known(head + "n") or _known(head + "en")):
        return head  # the stem of a verb: „förder-“, „wohn-“
    for link in _LINKS:
        base = head.removesuffix(link)
        if base != head and _is_part(base):
            return base
    if len(head) >= 4 and _known(head + "e"):
        return head  # „Schul-“
    return ""


def _is_part(part: str) -> bool:
    if len(part) < 4:
        return part in _SHORT
    return part not in _ENDINGS and part not in _PREFIXES and _known(part)


def _is_verb(word: str) -> bool:
    """Whether the word list knows it as something that is no noun: „sprechen“, „wichtiger“."""
    from simplemma import lemmatize

    return _known(word) and lemmatize(word, lang="de")[:1].islower()


@functools.lru_cache(maxsize=100_000)
def _known(word: str) -> bool:
    # Here and not above: whoever imports this module must not yet pay for the word list.
    from simplemma import is_known

    return is_known(word, lang="de")
