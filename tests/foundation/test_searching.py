"""The search: what is found, by whom, and that the index never lags."""

import subprocess
import sys
import textwrap
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from formats.actions import withdraw
from formats.models import Format
from foundation.kit.german.query import parse_query
from foundation.search.counting import forget_old, note
from foundation.search.models import Entry, MissedQuery, Synonym, Word
from foundation.search.searching import search, similar
from foundation.search.suggesting import did_you_mean, titles_beginning
from foundation.topics.models import Topic
from tests.architecture import ROOT
from tests.builders import make_draft, make_format, publish_rows

pytestmark = pytest.mark.django_db
GAST = AnonymousUser()


def found(text, user=GAST, **scope):
    """Titles of what is found, best first."""
    results = search(text, user, **scope)
    return [entry.title for entry in Entry.objects.in_order([pk for _, pk in results.hits])]


def suggested(text, user=GAST):
    return [entry.title for entry in titles_beginning(text, user)]


def meant(text, user=GAST):
    return did_you_mean(parse_query(text), user)


def make(slug, title, **values):
    return make_format(slug, title=title, **values)


def hide_behind_the_back(format):
    """Take it off the site by hand in the database: the index is not told."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE formats_format SET published_id = NULL WHERE id = %s", [format.pk])


# What is found --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Innenstadt beleben", "Innenstadtbelebung"),
        ("Innenstadtbelebung", "Innenstadt beleben"),
        ("Städte am Fluss", "Staedte"),
        ("Staedte am Fluss", "Städte"),
        ("Die lange Straße", "Strasse"),
        ("Die lange Strasse", "Straße"),
        ("Wochenmarkt am Abend", "Markt"),
        ("Märkte im Herbst", "Markt"),
        ("Fördermittel finden", "Förderung"),
        ("Städtebauförderung erklärt", "Förderung"),
        ("Leerstandskataster anlegen", "Leerstand"),
        ("Leerstand erfassen", "Leerstandskataster"),
        ("Bürgerräte losen", "Bürgerrat"),
        ("Ein Bürgerrat", "Bürgerräte"),
        ("Ein Bürgerrat", "Bürger Rat"),
        ("Co-Working im Bahnhof", "Coworking"),
        ("Coworking im Bahnhof", "Co-Working"),
        ("Coworking im Bahnhof", "co working"),
        ("Runde der Bürgermeister:innen", "Bürgermeisterin"),
        ("Runde der Bürgermeister", "Bürgermeister:in"),
        ("Runde der Bürgermeisterinnen", "BürgermeisterIn"),
        ("Neustadt an der Weinstraße", "Neustadt Weinstrasse"),
        ("Frankenberg (Eder)", "Frankenberg"),
        ("Kreis 05370012 mit 52525", "05370012"),
        ("Kreis 05370012 mit 52525", "52525"),
        ("Café Zukunft", "cafe"),
        ("Wärmeplanung im Ort", "Wärmeplan"),
    ],
)
def test_german_words_find_each_other(written, asked):
    make("gesucht", written)
    make("anderes", "Etwas ganz anderes")
    assert found(asked) == [written]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Neue Marken", "Markt"),
        ("Rathaus umbauen", "Rat"),
        ("Zeitung lesen", "Zeit"),
        ("Bürgermeister sein", "Bürger"),
        ("Vermarktung von Bauland", "Markt"),
    ],
)
def test_other_words_do_not(written, asked):
    make("anderes", written)
    assert found(written) == [written]
    assert found(asked) == []


def test_titles_come_before_mentions():
    make("erwaehnt", "Ein Abend", goal="Über den Markt sprechen.")
    make("titel", "Markt")
    make("teil", "Gespräch", result="Ein Wochenmarkt.")
    assert found("Markt") == ["Markt", "Ein Abend", "Gespräch"]


def test_what_holds_all_words_comes_first():
    make("eins", "Markt am Fluss")
    make("zwei", "Markt")
    make("drei", "Fluss")
    results = search("Markt Fluss", GAST)
    assert found("Markt Fluss")[0] == "Markt am Fluss"
    assert results.exact == 1


def test_phrases_are_taken_word_for_word():
    make("eins", "Das Haus der Jugend")
    make("zwei", "Die Jugend im Haus")
    assert sorted(found("Haus Jugend")) == ["Das Haus der Jugend", "Die Jugend im Haus"]
    assert found('"Haus der Jugend"') == ["Das Haus der Jugend"]
    assert found('"Haus die Jugend"') == []


def test_minus_words_are_left_out():
    make("eins", "Markt am Fluss")
    make("zwei", "Markt am Berg")
    assert found("Markt -Berg") == ["Markt am Fluss"]


def test_a_part_of_a_compound_is_no_reason_to_leave_out():
    make("eins", "Wochenmarkt")
    assert found("Wochenmarkt -Markt") == ["Wochenmarkt"]


def test_topics_are_found_and_narrow():
    make("eins", "Gespräch", topics=["Leerstand"])
    make("zwei", "Ein anderes Gespräch")
    assert found("Leerstand") == ["Gespräch"]
    assert sorted(found("Gespräch")) == ["Ein anderes Gespräch", "Gespräch"]
    assert found("Gespräch", topic="leerstand") == ["Gespräch"]
    assert search("Gespräch", GAST).topics == {"leerstand": 1}


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "''",
        "a\x00b",
        "AND OR NOT",
        "NEAR(a b)",
        "a* OR b",
        "title_terms:x",
        "x & | ! <-> y",
        "%_\\",
        "(",
        ")",
        "{}",
    ]
    + [
        "-",
        '"" ""',
        "'; DROP TABLE search_entry; --",
        "🎉",
        "שלום עולם",
        "der die das",
        "é" * 10_000,
        "wort " * 5_000,
    ]
    + ["\u202eoben", "a-b-c-d-e-f", "1e5 -1 +1", "\ud83d"],
)
def test_bad_input_is_answered(text):
    make("eins", "Markt")
    assert search(text, GAST).hits == []
    assert similar(text, GAST) == []
    assert suggested(text) == []
    assert meant(text) == "" or isinstance(meant(text), str)


# Rights ---------------------------------------------------------------------------------------------


def test_what_one_may_not_read_is_nowhere():
    make("offen", "Offener Markt")
    secret = make("geheim", "Geheimer Markt", goal="Über Quartiersgarage reden.")
    draft = make_draft("entwurf", title="Entworfener Markt")
    assert sorted(found("Markt")) == ["Geheimer Markt", "Offener Markt"]
    assert found("Quartiersgarage") == ["Geheimer Markt"]
    assert meant("Quartiersgarase") == "Quartiersgarage"
    assert suggested("gehei") == ["Geheimer Markt"]
    hide_behind_the_back(secret)
    assert Entry.objects.count() == 2  # the index still holds it: the rights alone keep it back
    assert found("Markt") == ["Offener Markt"]
    assert search("Markt", GAST).counts["formate"].number == 1
    assert found("Quartiersgarage") == []
    assert meant("Quartiersgarase") == ""
    assert suggested("gehei") == []
    assert suggested(draft.title) == []
    assert [entry.title for entry in similar("Quartiersgarage am Markt", GAST)] == ["Offener Markt"]


def test_did_you_mean_spells_as_the_readable_text_does():
    make("eins", "Sprechstunde")
    assert meant("Sprechstunnde") == "Sprechstunde"
    assert meant("Sprechstunnde am Markt") == ""  # nobody knows a Markt here
    assert meant("Sprechstunde") == ""


# The index never lags -------------------------------------------------------------------------------


def test_a_publication_is_found_before_the_transaction_ends():
    with transaction.atomic():
        make("neu", "Taubenturm")
        assert found("Taubenturm") == ["Taubenturm"]


def test_only_the_published_words_are_found():
    format = make("eins", "Taubenturm")
    format.title = "Sternwarte"
    format.save()
    assert (found("Sternwarte"), found("Taubenturm")) == ([], ["Taubenturm"])
    publish_rows(format, author=None, reason="neu")
    assert (found("Sternwarte"), found("Taubenturm")) == (["Sternwarte"], [])


def test_a_withdrawn_one_leaves_the_index():
    format = make("eins", "Taubenturm")
    withdraw(format)
    assert (found("Taubenturm"), Entry.objects.count()) == ([], 0)


def test_a_rolled_back_change_leaves_no_trace():
    format = make("eins", "Taubenturm")
    with transaction.atomic():
        withdraw(format)
        assert found("Taubenturm") == []
        transaction.set_rollback(True)
    assert found("Taubenturm") == ["Taubenturm"]


def test_a_renamed_topic_is_found_by_its_new_name():
    make("eins", "Gespräch", topics=["Leerstand"])
    topic = Topic.objects.get()
    topic.name = "Sternwarte"
    topic.save()
    assert (found("Sternwarte"), found("Leerstand")) == (["Gespräch"], [])
    Topic.objects.filter(pk=topic.pk).update(name="Taubenturm")
    assert (found("Taubenturm"), found("Sternwarte")) == (["Gespräch"], [])
    topic.delete()
    assert found("Taubenturm") == []


def test_updates_in_bulk_reach_the_index():
    make("eins", "Taubenturm")
    revision = Format.objects.get().published
    Format.objects.filter(slug="eins").update(published=None)
    assert found("Taubenturm") == []
    Format.objects.filter(slug="eins").update(published=revision)
    assert found("Taubenturm") == ["Taubenturm"]
    format = Format.objects.get()
    format.published = None
    Format.objects.bulk_update([format], ["published"])
    assert found("Taubenturm") == []
    format.published = revision
    Format.objects.bulk_update([format], ["published"])
    assert found("Taubenturm") == ["Taubenturm"]
    copy = make_draft("kopie")
    Format.objects.filter(slug="eins").update(published=None)
    copy.pk, copy.slug, copy.published = None, "kopie-2", revision
    Format.objects.bulk_create([copy])
    assert found("Taubenturm") == ["Taubenturm"]


def test_saving_what_says_the_same_writes_no_entry():
    format = make("eins", "Taubenturm")
    before = Entry.objects.values_list("pk", "split_at").get()
    format.save()
    assert Entry.objects.values_list("pk", "split_at").get() == before


def test_checksearch_tells_and_repairs(capsys):
    make("eins", "Taubenturm")
    make("zwei", "Sternwarte")
    call_command("checksearch")
    assert "stimmen überein" in capsys.readouterr().out
    Entry.objects.filter(title="Taubenturm").delete()
    Entry.objects.filter(title="Sternwarte").update(digest="alt", title_terms=" falsch ")
    Entry.objects.create(source="formate", object_id=999_999, title="Zu viel", url="/", digest="x")
    with pytest.raises(CommandError, match="3 Einträge weichen ab"):
        call_command("checksearch")
    call_command("checksearch", repair=True)
    assert "es fehlen 1, veraltet 1, zu viel 1" in capsys.readouterr().out
    call_command("checksearch")
    assert (found("Taubenturm"), found("Sternwarte"), found("falsch")) == (["Taubenturm"], ["Sternwarte"], [])


def test_rebuildsearch_makes_everything_anew(capsys):
    make("eins", "Taubenturm")
    Entry.objects.all().delete()
    Word.objects.all().delete()
    call_command("rebuildsearch")
    assert "Neu angelegt: 1 Einträge" in capsys.readouterr().out
    assert found("Taubenturm") == ["Taubenturm"]


def test_the_index_of_the_database_follows_every_entry():
    """Also the hidden tables: what is deleted is not found under the words of its successor."""
    make("eins", "Taubenturm")
    Entry.objects.all().delete()
    make("zwei", "Sternwarte")
    assert (found("Taubenturm"), found("Sternwarte")) == ([], ["Sternwarte"])


# Words, synonyms, counting --------------------------------------------------------------------------


def test_synonyms_take_effect_at_once_and_both_ways():
    make("eins", "Integriertes Konzept für die Ortsmitte")
    assert found("IKO") == []
    group = Synonym.objects.create(words="IKO\nintegriertes Konzept")
    assert found("IKO") == ["Integriertes Konzept für die Ortsmitte"]
    make("zwei", "Unser IKO")
    assert "Unser IKO" in found("integriertes Konzept")
    group.delete()
    assert found("IKO") == ["Unser IKO"]


@pytest.mark.parametrize(
    "words", ["", "eins", "eins\neins", "eins\n🎉", "\n".join(f"wort{n}" for n in range(13))]
)
def test_a_synonym_needs_two_expressions(words):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        Synonym(words=words).full_clean()


def test_similar_finds_what_a_text_is_about():
    make("eins", "Taubenturm", goal="Tauben beobachten und zählen.")
    make("zwei", "Sternwarte", goal="Sterne beobachten.")
    make("drei", "Wochenmarkt")
    text = "Wer hat Erfahrung damit, Tauben zu zählen? Wir bauen einen Turm für Tauben."
    entries = similar(text, GAST)
    assert entries[0].title == "Taubenturm"
    assert "Wochenmarkt" not in [entry.title for entry in entries]
    kept = similar(text, GAST, leaving_out=("formate", entries[0].object_id))
    assert "Taubenturm" not in [entry.title for entry in kept]


def counted():
    return list(MissedQuery.objects.order_by("text").values_list("text", "times", "hits"))


def test_what_finds_little_is_counted_without_a_reader():
    note(parse_query("Seilbahn"), 0)
    note(parse_query("  SEILBAHN "), 0)
    note(parse_query("Rad"), 2)
    note(parse_query("Markt"), 40)
    assert counted() == [("rad", 1, 2), ("seilbahn", 2, 0)]
    assert {field.name for field in MissedQuery._meta.fields} == {"id", "text", "times", "hits", "last_on"}


@pytest.mark.parametrize(
    "text",
    ["anna@auenlinden.example", "Tel 0171 2345678", "http://x.example", "www.x.de", "", "der", "a" * 90],
)
def test_what_might_tell_who_asks_is_not_counted(text):
    note(parse_query(text), 0)
    assert counted() == []


def test_old_counts_are_forgotten():
    MissedQuery.objects.note("alt", 0, date(2020, 1, 1))
    note(parse_query("neu"), 0)
    forget_old()
    assert counted() == [("neu", 1, 0)]


@pytest.mark.parametrize("number", [1, 3])
def test_a_search_asks_the_database_a_fixed_number_of_times(django_assert_num_queries, number):
    for n in range(number):
        make(f"markt-{n}", f"Wochenmarkt {n}")
    search("Wochenmarkt", GAST)  # synonyms are read
    with django_assert_num_queries(3):
        search("Wochenmarkt", GAST)


def test_a_web_worker_never_loads_the_word_list(tmp_path):
    """Publishing and searching in a fresh process, with the real task queue: the worker does the rest."""
    script = """
        import os, sys, django
        os.environ["DJANGO_SETTINGS_MODULE"] = "akademie.settings"
        import akademie.wsgi
        from django.core.management import call_command
        call_command("migrate", verbosity=0)
        from formats.models import Format
        call_command("loadformats", verbosity=0)
        from django.test import Client
        page = Client().get("/suche/?q=Sprechstunde", headers={"host": "127.0.0.1"}).content.decode()
        assert "Digitale Sprechstunde".split()[0] in page, page
        assert "simplemma" not in sys.modules
        from django_tasks_db.models import DBTaskResult
        assert DBTaskResult.objects.ready().exists()
        from foundation.search.models import Entry
        assert Entry.objects.with_words_to_learn().exists()
        from foundation.search.learning import learn_words
        assert learn_words() > 0
        assert not Entry.objects.with_words_to_learn().exists()
        assert "simplemma" in sys.modules
    """
    env = {"DATABASE_URL": f"sqlite:///{tmp_path}/web.sqlite3", "PATH": "/usr/bin", "LOG_LEVEL": "ERROR"}
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], cwd=ROOT, env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
