"""The analyser: folding, words, stems, compounds, queries, snippets, spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.kit.german.compounds import split
from foundation.kit.german.query import parse_query
from foundation.kit.german.snippets import holds_phrases, marked, snippet
from foundation.kit.german.spelling import distance, sound_of
from foundation.kit.german.words import fold, stem, words_of


def segments(text):
    return [word.segments for word in words_of(text)]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("Städte", "staedte"),
        ("Sta\u0308dte", "staedte"),
        ("Œuvre", "oeuvre"),
        ("Café", "cafe"),
        ("Łódź", "lodz"),
        ("ẞ", "ss"),
        ("שלום", ""),
        ("🎉", ""),
    ],
)
def test_letters_are_folded_the_german_way(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("staedte", "stadt"),
        ("maerkte", "markt"),
        ("buergerraete", "buergerrat"),
        ("foerderung", "foerdern"),
        ("foerderungen", "foerder"),
        ("belebung", "beleben"),
        ("beteiligung", "beteiligen"),
        ("waermeplanung", "waermeplan"),
        ("buergermeisterin", "buergermeister"),
        ("buergermeisterinnen", "buergermeister"),
    ],
)
def test_forms_of_one_word_share_a_stem(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("zeitung", "zeit"), ("meinung", "mein"), ("satzung", "satz"), ("markt", "marke"), ("bildung", "bild")],
)
def test_other_words_do_not(one, other):
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    "written",
    [
        "Bürgermeister:innen",
        "Bürgermeister*innen",
        "Bürgermeister_innen",
        "BürgermeisterInnen",
        "BürgermeisterIn",
        "Bürgermeister/innen",
        "Bürgermeister/-innen",
        "Bürgermeister(innen)",
        "Bürger\u00admeister",
    ],
)
def test_gender_forms_and_soft_hyphens_are_the_same_word(written):
    assert segments(written) == [("buergermeister",)]


def test_hyphens_part_a_word_and_join_it():
    (word,) = words_of("Co-Working")
    assert (word.segments, word.joined) == (("co", "working"), "coworking")
    assert segments("Städte- und Gemeindebund") == [("staedte",), ("und",), ("gemeindebund",)]


@given(st.text(max_size=300))
def test_any_text_gives_clean_words_where_they_stand(text):
    for word in words_of(text):
        assert 0 <= word.start < word.end <= len(text)
        assert all(part.isascii() and part.isalnum() and part == part.lower() for part in word.segments)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("innenstadtbelebung", ("innenstadt", "belebung")),
        ("städtebauförderung", ("städte", "bau", "förderung")),
        ("fördermittel", ("förder", "mittel")),
        ("wochenmärkte", ("wochen", "märkte")),
        ("leerstandskataster", ("leerstands", "kataster")),
        ("bürgerrat", ("bürger", "rat")),
        ("arbeitstage", ("arbeits", "tage")),
        ("schulwegsicherheit", ("schulweg", "sicherheit")),
    ],
)
def test_compounds_are_taken_apart(word, parts):
    assert split(word) == parts


@pytest.mark.parametrize(
    "word",
    [
        "beteiligung",
        "verwaltung",
        "menschen",
        "sprechen",
        "rathaus",
        "ratgeber",
        "bürgermeister",
        "vermarktung",
    ]
    + ["x" * 500, "", "abc1234567", "innenstadt\x00belebung"],
)
def test_what_is_no_compound_stays_whole(word):
    assert split(word) == ()


def test_a_query_is_taken_apart():
    query = parse_query('Markt -Wochenmarkt "Haus der Jugend" -"alter Zopf" der Markt')
    assert [word.joined for word in query.words] == ["markt"]
    assert query.phrases == (("haus", "der", "jugend"),)
    assert set(query.minus) == {("wochenmarkt",), ("alter", "zopf")}


def test_a_hyphen_inside_a_word_is_no_minus():
    query = parse_query("Co-Working")
    assert (query.words[0].segments, query.minus) == (("co", "working"), ())


@pytest.mark.parametrize(
    "text", ["", " ", '"', '""', "'", "---", "- -", "🎉🎉", "שלום", "\x00", "der die das", "-Markt"]
)
def test_a_query_may_be_empty(text):
    assert not parse_query(text)


def test_only_stop_words_are_told_apart_from_nothing():
    assert parse_query("wie ist das").has_only_stop_words
    assert not parse_query("🎉").has_only_stop_words


@given(st.text(max_size=300))
def test_any_query_is_bounded_and_clean(text):
    query = parse_query(text)
    assert len(query.words) <= 12
    words = [part for word in query.words for part in word.segments]
    words += [part for phrase in (*query.phrases, *query.minus) for part in phrase]
    assert all(part.isascii() and part.isalnum() for part in words)


def test_ten_thousand_letters_are_cut():
    assert len(parse_query("Markt " * 2000).text) <= 200
    assert len(parse_query(" ".join(f"wort{n}" for n in range(2000))).words) == 12


def parts_of(word):
    return {"leerstandskataster": ("leerstand", "kataster"), "wochenmaerkte": ("woch", "markt")}.get(word, ())


def hits(pieces):
    return [piece.text for piece in pieces if piece.is_hit]


def test_stems_and_parts_of_compounds_are_marked_where_they_stand():
    pieces = marked("Märkte und Wochenmärkte, kein Merkmal", {"markt"}, parts_of)
    assert hits(pieces) == ["Märkte", "märkte"]
    assert "".join(piece.text for piece in pieces) == "Märkte und Wochenmärkte, kein Merkmal"
    assert hits(marked("Ein Leerstandskataster.", {"leerstand"}, parts_of)) == ["Leerstands"]


@given(st.text(max_size=200))
def test_marking_loses_nothing(text):
    pieces = marked(text, {"markt", "a"}, parts_of)
    assert "".join(piece.text for piece in pieces) == text


def test_a_snippet_shows_the_sentence_with_most_of_the_words():
    text = (
        "Der Markt ist groß. " + "Davon ist hier nicht die Rede. " * 20 + "Märkte brauchen Förderung. Ende."
    )
    pieces = snippet(text, {"markt", "ford"}, parts_of)
    assert hits(pieces) == ["Märkte", "Förderung"]
    assert len("".join(piece.text for piece in pieces)) <= 260


def test_a_snippet_is_empty_where_nothing_was_meant():
    assert snippet("Ein Satz über Vereine.", {"markt"}, parts_of) == []


def test_a_long_sentence_is_cut_between_words_and_says_so():
    text = "Wort " * 200 + "Markt " + "Wort " * 200
    shown = "".join(piece.text for piece in snippet(text, {"markt"}, parts_of))
    assert shown.startswith("… Wort ")
    assert shown.endswith("Wort …")
    assert len(shown) < 260


def test_phrases_stand_word_for_word():
    assert holds_phrases("Das Haus der Jugend", [("haus", "der", "jugend")])
    assert not holds_phrases("Das Haus für die Jugend", [("haus", "der", "jugend")])
    assert not holds_phrases("Neue Häuser", [("neue", "haeus")])


def test_words_that_sound_alike_share_a_code():
    assert sound_of("leerstand") == sound_of("lehrstant")
    assert sound_of("foerderung") == sound_of("vörderunk")
    assert sound_of("markt") != sound_of("rathaus")


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("markt", "markt", 0),
        ("wochenmakrt", "wochenmarkt", 1),
        ("marktt", "markt", 1),
        ("mrkt", "markt", 1),
        ("haus", "markt", 3),
    ],
)
def test_typing_errors_are_counted(one, other, steps):
    assert distance(one, other, 2) == steps
