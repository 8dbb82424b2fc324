"""The readability hint: German syllables, the formula, and the sentence for editors."""

import pytest

from formats.readability import reading_of, syllables_of


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("Stadt", 1),
        ("See", 1),
        ("vier", 1),
        ("Bayern", 2),
        ("Rathaus", 2),
        ("Häuser", 2),
        ("Bauer", 2),
        ("freie", 2),
        ("Quelle", 2),
        ("bequem", 2),
        ("Yoga", 2),
        ("System", 2),
        ("dienen", 2),
        ("Theater", 3),
        ("Museum", 3),
        ("Aktion", 3),
        ("Medien", 3),
        ("Ideen", 3),
        ("beenden", 3),
        ("geeignet", 3),
        ("Energie", 3),
        ("Stadtentwicklung", 4),
        ("Familie", 4),
        ("beurteilen", 4),
        ("Prinzipien", 4),
        ("Moderation", 5),
        ("Erfahrungsaustausch", 5),
        ("Kommunalverwaltung", 6),
        ("ÖPNV", 1),
        ("hm", 1),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word, syllables):
    assert syllables_of(word) == syllables


def test_the_formula_is_the_first_wiener_sachtextformel():
    # Eight words in two sentences; two words have three syllables and more than six letters, six have one:
    # 0.1935·25 + 0.1672·4 + 0.1297·25 − 0.0327·75 − 0.875
    reading = reading_of("Der Rat lädt Verbände ein. Das ist Erfahrung.")
    assert (reading.words, reading.sentences, reading.longest) == (8, 2, 5)
    assert reading.years == 5.4


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Am 12. Mai trifft sich z. B. der Rat. Dann geht es los!", 2),
        ("Erster Punkt\nZweiter Punkt\n\nDritter Punkt", 3),
        ("Was nun? „Weiter.“ Gut …", 3),
        ("Die Bürgermeister:innen kommen.", 1),
        ("", 0),
        ("12 % … !", 0),
    ],
)
def test_sentences_end_where_a_reader_would_say_so(text, sentences):
    assert reading_of(text).sentences == sentences


def test_a_gender_colon_makes_no_second_word():
    assert reading_of("Die Bürgermeister:innen kommen.").words == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Zu kurz, um etwas zu sagen.", ""),
        ("Wir treffen uns im Rathaus und reden über den Markt.", "Gut lesbar."),
        (
            "Wir gehen " + "durch die Stadt und " * 8 + "zum Rathaus.",
            "Gut lesbar, aber: lange Sätze, im Mittel 36 Wörter.",
        ),
        (
            "Interkommunale Verwaltungsmodernisierungsprozesse erfordern partizipative "
            "Abstimmungsverfahren zwischen unterschiedlichen Verantwortungsträgern.",
            "Schwer lesbar: lange Wörter wie „Verwaltungsmodernisierungsprozesse“ und "
            "„Verantwortungsträgern“.",
        ),
    ],
)
def test_the_sentence_says_what_to_do(text, said):
    assert reading_of(text).sentence == said


def test_odd_input_is_no_trouble():
    for text in ("\x00\ud800", "a" * 100_000, "." * 50_000, "https://beispiel.example/ä?ö=ü", "🙂 🙂"):
        assert isinstance(reading_of(text).sentence, str)
