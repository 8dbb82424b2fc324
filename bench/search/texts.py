"""Texts to search in, made of bench/search/subjects.yaml: the same ones on every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

HERE = Path(__file__).parent
PER_SUBJECT = 8
FILLERS = [
    "Der Beschluss fiel einstimmig.",
    "Wir haben im Frühjahr begonnen und nach einem Jahr Bilanz gezogen.",
    "Am Anfang stand ein Gespräch zwischen zwei Ämtern.",
    "Die Kosten blieben im Rahmen, der Zeitplan nicht.",
    "Wichtig war eine Person, die sich verantwortlich fühlte.",
    "Heute würden wir früher mit den Nachbarn sprechen.",
    "Die örtliche Zeitung hat mehrfach berichtet.",
    "Ein halbes Jahr lang passierte scheinbar nichts.",
    "Was fehlte, war ein einfaches Formular.",
    "Die Verwaltung hat dafür zwei Nachmittage in der Woche freigehalten.",
    "Der Stadtrat bekam jeden Monat einen kurzen Bericht.",
    "Im zweiten Anlauf klappte es besser.",
    "Die Stimmung war anfangs skeptisch.",
    "Ein Ingenieurbüro begleitete die ersten Schritte.",
    "Das Land hat den Versuch wohlwollend beobachtet.",
    "Wer Fragen hat, kann uns gern anrufen.",
    "Gute Erfahrungen machten wir mit kurzen Terminen am Morgen.",
    "Die Gemeinde hat knapp neuntausend Einwohnerinnen und Einwohner.",
    "Manches würden wir heute weglassen.",
    "Unterlagen schicken wir auf Wunsch zu.",
]


@dataclass(frozen=True)
class Text:
    """An invented text: what it is about, and what it only mentions in passing (or empty)."""

    key: str
    subject: str
    mentions: str
    title: str
    body: str


@cache
def subjects() -> dict[str, dict[str, list[str]]]:
    return yaml.safe_load((HERE / "subjects.yaml").read_text())


@cache
def texts() -> tuple[Text, ...]:
    """About 330 texts, each about one subject; a quarter mention another one."""
    return tuple(_texts())


def _texts() -> Iterator[Text]:
    chance = random.Random(5)
    names = list(subjects())
    for subject, parts in subjects().items():
        for number in range(PER_SUBJECT):
            said = chance.sample(parts["texts"], chance.choice([2, 3]))
            said += chance.sample(FILLERS, chance.choice([1, 2, 3, 4]))
            other = chance.choice([name for name in names if name != subject])
            mentions = other if chance.random() < 0.25 else ""
            if mentions:
                said.insert(1, chance.choice(subjects()[other]["texts"]))
            title = parts["titles"][number % len(parts["titles"])]
            yield Text(f"{subject}-{number}", subject, mentions, title, " ".join(said))


def many(count: int) -> Iterator[tuple[str, str]]:
    """(title, text) of as many texts as wanted: sentences at random, with words that occur only sometimes."""
    chance = random.Random(7)
    names = list(subjects())
    sentences = [line for parts in subjects().values() for line in parts["texts"]]
    heads = [
        "Linden",
        "Eich",
        "Birken",
        "Mühl",
        "Sonnen",
        "Kirch",
        "Brunnen",
        "Stein",
        "Wald",
        "Wiesen",
        "Rosen",
        "Ahorn",
    ]
    tails = [
        "weg",
        "platz",
        "hof",
        "tal",
        "berg",
        "bach",
        "garten",
        "winkel",
        "graben",
        "markt",
        "halle",
        "turm",
    ]
    for number in range(count):
        subject = subjects()[chance.choice(names)]
        said = chance.sample(sentences, 4) + chance.sample(subject["texts"], 2) + chance.sample(FILLERS, 4)
        place = f"{chance.choice(heads)}{chance.choice(tails)}"
        said.append(f"Das Vorhaben trägt die Nummer {number} und liegt am {place}.")
        if number % 2_000 == 0:
            said.append("Ein Regenbogenpavillon wurde aufgestellt.")
        if number % 997 == 0:
            said.append("Auf dem Gelände steht ein Taubenturm mit Sternwarte.")
        chance.shuffle(said)
        yield f"{chance.choice(subject['titles'])} ({place})", " ".join(said)


def places(count: int) -> Iterator[tuple[str, str, str]]:
    """(name, AGS, postcode) of invented places; no AGS is a real one (Land 99)."""
    chance = random.Random(11)
    heads = [
        "Linden",
        "Eichen",
        "Birken",
        "Mühl",
        "Sonnen",
        "Kirch",
        "Brunn",
        "Stein",
        "Wald",
        "Wiesen",
        "Rosen",
        "Ahorn",
    ]
    tails = ["bach", "berg", "dorf", "hausen", "feld", "au", "tal", "heim", "rode", "stedt", "walde", "brück"]
    additions = ["", "", "", " (Aue)", " am Wald", " an der Linde", " bei Auenlinden"]
    for number in range(count):
        name = f"{chance.choice(heads)}{chance.choice(tails)}{chance.choice(additions)}"
        yield f"{name}", f"99{number:06d}", f"{chance.randrange(100_000):05d}"
