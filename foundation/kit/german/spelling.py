"""How German words sound and how far apart two spellings are, for „Meinten Sie“."""

from __future__ import annotations

import re

# The Cologne phonetics (Hans Joachim Postel, 1969): letters that sound alike share a digit.
_SOUNDS = {"b": "1", "f": "3", "v": "3", "w": "3", "g": "4", "k": "4", "q": "4", "l": "5", "m": "6", "n": "6"}
_SOUNDS |= {"r": "7", "s": "8", "z": "8"} | dict.fromkeys("aeijouy", "0")


def sound_of(word: str) -> str:
    """The Cologne code of a folded word: `leerstand` and `lehrstant` have the same one."""
    digits = []
    for place, letter in enumerate(word):
        before, after = word[place - 1 : place] if place else "", word[place + 1 : place + 2]
        if letter in "dt":
            digits.append("8" if after in tuple("csz") else "2")
        elif letter == "p":
            digits.append("3" if after == "h" else "1")
        elif letter == "x":
            digits.append("8" if before in tuple("ckq") else "48")
        elif letter == "c":
            hard = after in tuple("ahkloqrux" if not place else "ahkoqux") and before not in tuple("sz")
            digits.append("4" if hard else "8")
        else:
            digits.append(_SOUNDS.get(letter, ""))
    code = re.sub(r"(\d)\1+", r"\1", "".join(digits))
    return code[:1] + code[1:].replace("0", "")


def distance(one: str, other: str, most: int) -> int:
    """Typing errors between two words (insert, leave out, mistake, swap neighbours); `most` + 1 if more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [place] + [0] * len(other)
        for index, wanted in enumerate(other, start=1):
            row[index] = min(before[index] + 1, row[index - 1] + 1, before[index - 1] + (letter != wanted))
            swapped = place > 1 and index > 1 and letter == other[index - 2] and one[place - 2] == wanted
            if swapped:
                row[index] = min(row[index], earlier[index - 2] + 1)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
