"""What an import changes, says and leaves alone: from an empty house through vintages and reforms."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.builders import LONG_AGO, make_seat, make_user
from tests.towns.register_files import (
    association,
    changed,
    district,
    small_germany,
    town,
    without,
    write_excerpt,
    write_gv100ad,
)
from towns.models import (
    Actor,
    Association,
    District,
    Figures,
    Offer,
    RegisterImport,
    Seat,
    Succession,
    Town,
)
from towns.register.difference import compare
from towns.register.read import read_register
from towns.register.write import import_register

pytestmark = pytest.mark.django_db
LATER = "Onlineprodukt_Gemeinden30062023"


@pytest.fixture
def run(tmp_path):
    """Import rows (or a file) and give back what the command said."""

    def run(rows=None, *, sheet="Onlineprodukt_Gemeinden31032023", file=None, changes=None, **options):
        file = file or write_excerpt(tmp_path / "auszug.xlsx", rows, sheet=sheet)
        if changes is not None:
            path = tmp_path / "aenderungen.csv"
            path.write_text("\n".join(["alt;neu;seit;art;anmerkung", *changes]), encoding="utf-8")
            options["changes"] = path
        said = StringIO()
        call_command("importtowns", file, stdout=said, **options)
        return said.getvalue()

    return run


def everything():
    """Every row of the room, to see that nothing changed."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Town, District, Association, Figures, RegisterImport, Succession)
    ]


def of(ags):
    return Town.objects.get(ags=ags)


def test_an_empty_house_gets_everything(run):
    assert run() == (
        "Gebietsstand 31.03.2023, Bevölkerung vom 31.12.2021: 20 Gemeinden und gemeindefreie Gebiete\n"
        "Erste Füllung: 20 neu.\n"
        "20 neu, 0 mit anderen Angaben, 0 beendet.\n"
    )
    assert (Town.objects.count(), District.objects.count(), Association.objects.count()) == (20, 17, 1)
    assert Town.objects.current().count() == 19
    assert Figures.objects.count() == 19
    village = of("12051011")
    assert (village.name, village.association.label, village.district.label) == (
        "Oberaue",
        "Amt Aue",
        "Landkreis Musterland 12",
    )
    assert (village.inhabitants, village.size_class, village.is_small) == (3_000, 40, True)
    assert village.valid_from == date(2023, 3, 31)
    assert village.register.population_as_of == date(2021, 12, 31)
    figures = village.figures.get()
    assert (figures.year, figures.inhabitants, figures.male, figures.density) == (2021, 3_000, 1_500, 240.0)


def test_a_second_run_changes_nothing(run):
    run()
    before = everything()
    assert run().endswith(
        "Kein Unterschied zu dem, was die Plattform kennt.\nAlles war schon da, nichts wurde geändert.\n"
    )
    assert everything() == before


def test_a_dry_run_changes_nothing(run):
    assert run(dry_run=True).endswith("Probelauf: Nichts wurde geändert.\n")
    assert Town.objects.count() == 0
    run()
    before = everything()
    said = run(changed(small_germany(), "12051011", name="Obere Aue"), sheet=LATER, dry_run=True)
    assert "Umbenannt: 1\n  12051011 Oberaue → Obere Aue\n" in said
    assert everything() == before


def test_a_broken_file_changes_nothing(run):
    run()
    before = everything()
    with pytest.raises(CommandError) as caught:
        run(changed(small_germany(), "12051011", inhabitants="viele"), sheet=LATER)
    assert str(caught.value).startswith("Nichts wurde geändert.\nZeile 72, Spalte J (Bevölkerung)")
    assert everything() == before


def test_the_fixed_form_says_the_same_and_keeps_what_it_does_not_carry(run, tmp_path):
    run()
    towns, figures = everything()[0], everything()[3]
    file = write_gv100ad(tmp_path / "GV100AD.zip", zipped=True)
    said = run(file=file, population_date=date(2021, 12, 31))
    assert "Andere Angaben (Einwohner:innen, Fläche, Namen …): 0" in said
    assert everything()[0] == [
        row | {"register_id": RegisterImport.objects.get(kind="gv100ad").pk} for row in towns
    ]
    assert everything()[3] == figures
    assert (of("12051011").latitude, District.objects.get(key="12051").seat) == (50.25, "Amtssitz")
    again = everything()
    run(file=file, population_date=date(2021, 12, 31))
    run()
    assert everything() == again


def test_names_cut_by_the_fixed_form_are_no_new_names(run, tmp_path):
    long = "Ober- und Niederaue mit den Ortsteilen Hinterwald und Vorderwald"
    rows = changed(small_germany(), "12051011", name=long)
    run(rows)
    said = run(file=write_gv100ad(tmp_path / "a.txt", rows), population_date=date(2021, 12, 31))
    assert "Umbenannt" not in said
    assert of("12051011").official_name == long


def test_a_later_vintage_is_told_and_written(run):
    run()
    rows = changed(small_germany(), "12051011", name="Obere Aue", inhabitants=3_100)
    rows = changed(rows, "12051012", verband="0044")
    rows += [
        association("12", "51", "0044", "Niederaue"),
        association("12", "51", "0045", "Neudorf"),
        town("12", "51", "0045", "045", "Neudorf", 900),
    ]
    said = run(rows, sheet=LATER)
    for part in (
        "Neu: 1\n  12051045 Neudorf\n",
        "Umbenannt: 1\n  12051011 Oberaue → Obere Aue\n",
        "Anderer Verband oder Kreis: 1\n  12051012 Niederaue: Amt Aue (Landkreis Musterland 12) → "
        "ohne Verband (Musterland 12)\n",
        "1 neu, 2 mit anderen Angaben, 0 beendet.",
    ):
        assert part in said
    assert (of("12051011").slug, of("12051011").name, of("12051011").inhabitants) == (
        "oberaue",
        "Obere Aue",
        3_100,
    )
    assert (of("12051012").association, of("12051045").valid_from) == (None, date(2023, 6, 30))
    assert of("12051012").size_class == 50
    assert set(Town.objects.values_list("register__as_of", flat=True)) == {date(2023, 6, 30)}


def test_what_is_gone_is_kept_with_its_end_and_nothing_is_deleted(run):
    run()
    keys = set(Town.objects.values_list("pk", flat=True))
    rows = [row for row in without(small_germany(), "12051012") if row]
    rows = changed(rows, "12051011", area=42.5)
    said = run(rows, sheet=LATER)
    assert (
        "Aufgelöst, ohne genannte Nachfolgerin: 1\n  12051012 Niederaue (vermutlich zu Oberaue (12051011))\n"
    ) in said
    assert of("12051012").valid_until == date(2023, 6, 30)
    assert set(Town.objects.values_list("pk", flat=True)) == keys
    assert of("12051012") not in Town.objects.current()
    before = everything()
    run(rows, sheet=LATER)
    assert everything() == before


def test_a_change_file_names_the_successor_at_once_or_later(run):
    run()
    rows = without(small_germany(), "12051012")
    line = "12051012;12051011;01.05.2023;;Eingemeindung"
    said = run(rows, sheet=LATER, changes=[line])
    assert "Aufgegangen: 1\n  12051012 Niederaue → 12051011 seit 01.05.2023\n" in said
    assert "Aufgelöst" not in said
    succession = Succession.objects.get()
    assert (succession.predecessor, succession.successor) == (of("12051012"), of("12051011"))
    assert (of("12051012").valid_until, succession.note) == (date(2023, 5, 1), "Eingemeindung")
    assert list(of("12051012").successors.all()) == [of("12051011")]
    before = everything()
    run(rows, sheet=LATER, changes=[line])
    assert everything() == before
    run(rows, sheet=LATER, changes=["12051012;12051011;15.05.2023;;Eingemeindung"])
    assert (Succession.objects.count(), of("12051012").valid_until) == (1, date(2023, 5, 15))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("12051012;12051999;01.05.2023;;", "Feld „neu“: Die Gemeinde 12051999 steht nicht im Verzeichnis."),
        ("12051011;12051001;01.05.2023;;", "Feld „alt“: Die Gemeinde 12051011 steht noch im Verzeichnis."),
        ("12051777;12051001;01.05.2023;;", "Feld „alt“: Die Gemeinde 12051777 kennt die Plattform nicht."),
        ("12051012;12051001;31.03.2023;;", "Feld „seit“: Am 31.03.2023 stand die Gemeinde noch"),
        ("12051012;12051001;01.07.2023;;", "Feld „seit“: Der Tag liegt nach dem Gebietsstand 30.06.2023."),
        ("12051012;12051001;01.05.2023;schluessel;", "Feld „art“: 12051001 gibt es schon"),
    ],
)
def test_a_change_that_does_not_fit_changes_nothing(run, line, sentence):
    run()
    before = everything()
    with pytest.raises(CommandError) as caught:
        run(without(small_germany(), "12051012"), sheet=LATER, changes=[line])
    assert f"Zeile 2, {sentence}" in str(caught.value)
    assert everything() == before


def reformed():
    """The Kreis of Brandenburg gets a new key, with all its municipalities."""
    rows = []
    for row in small_germany():
        if row.land == "12" and row.kreis == "51":
            row = type(row)(**{**row.__dict__, "kreis": "52"})
        rows.append(row)
    return rows


def test_a_reform_of_the_kreise_keeps_every_town_its_identity(run):
    run()
    before = {town.name: (town.pk, town.slug) for town in Town.objects.all()}
    said = run(reformed(), sheet=LATER)
    assert "Neuer Schlüssel: 4\n  12051001 → 12052001 Ort 12, Stadt\n" in said
    assert "Kreise und Verbände neu: 2\n" in said
    assert "Kreise und Verbände nicht mehr: 2\n" in said
    assert {town.name: (town.pk, town.slug) for town in Town.objects.all()} == before
    assert of("12052011").ars == "120525001011"
    assert of("12052011").association.key == "120525001"
    assert District.objects.get(key="12051").valid_until == date(2023, 6, 30)
    assert Town.objects.dissolved().count() == 0


def test_a_change_file_keeps_the_identity_where_name_and_key_change_at_once(run):
    run()
    pk = of("12051012").pk
    rows = changed(small_germany(), "12051012", gemeinde="013", name="Aue am Fluss")
    line = "12051012;12051013;01.05.2023;schluessel;"
    run(rows, sheet=LATER, changes=[line])
    assert (of("12051013").pk, of("12051013").name) == (pk, "Aue am Fluss")
    before = everything()
    run(rows, sheet=LATER, changes=[line])
    assert everything() == before


def test_who_returns_gets_the_old_row_again(run):
    run()
    pk = of("12051012").pk
    run(without(small_germany(), "12051012"), sheet=LATER)
    said = run(small_germany(), sheet="Onlineprodukt_Gemeinden30092023")
    assert "Wieder im Verzeichnis: 1" in said
    assert (of("12051012").pk, of("12051012").valid_until) == (pk, None)


def test_a_key_given_again_is_another_town(run):
    run()
    old = of("12051012").pk
    run(without(small_germany(), "12051012"), sheet=LATER)
    rows = changed(small_germany(), "12051012", name="Ganz Neu", area=7)
    run(rows, sheet="Onlineprodukt_Gemeinden30092023")
    assert Town.objects.filter(ags="12051012").count() == 2
    assert Town.objects.current().get(ags="12051012").pk != old


def test_an_older_register_is_refused_but_its_figures_can_be_added(run, tmp_path):
    run(sheet=LATER)
    before = everything()
    older = write_gv100ad(
        tmp_path / "alt.txt",
        changed(small_germany(), "12051011", inhabitants=3_300),
        as_of=date(2019, 12, 31),
    )
    with pytest.raises(CommandError, match="ist älter als das eingelesene Verzeichnis"):
        run(file=older, population_date=date(2019, 12, 31))
    assert everything() == before
    said = run(file=older, population_date=date(2019, 12, 31), only_figures=True)
    assert said == "Strukturwerte für 2019: 19 geschrieben.\n"
    assert list(of("12051011").figures.oldest_first().values_list("year", "inhabitants")) == [
        (2019, 3_300),
        (2021, 3_000),
    ]
    assert of("12051011").inhabitants == 3_000
    assert run(file=older, population_date=date(2019, 12, 31), only_figures=True).endswith("0 geschrieben.\n")


def test_a_revised_number_of_the_same_year_replaces_the_first(run):
    run()
    run(changed(small_germany(), "12051011", inhabitants=3_050), sheet=LATER)
    assert list(of("12051011").figures.values_list("year", "inhabitants")) == [(2021, 3_050)]


def test_an_unknown_number_leaves_the_known_one_with_its_date(run):
    run()
    run(changed(small_germany(), "12051011", inhabitants=0, male=0), sheet=LATER)
    village = of("12051011")
    assert (village.inhabitants, village.inhabitants_as_of, village.size_class) == (
        3_000,
        date(2021, 12, 31),
        40,
    )
    assert Association.objects.get().inhabitants == 5_400


def test_too_many_may_not_vanish_by_mistake(run):
    rows = small_germany()
    many = [town("12", "51", "0001", f"{number:03}", f"Dorf {number}", 300) for number in range(100, 160)]
    run(rows + many)
    with pytest.raises(CommandError, match="60 von 80 Gemeinden würden verschwinden"):
        run(rows, sheet=LATER)
    run(rows, sheet=LATER, many_may_go=True)
    assert Town.objects.dissolved().count() == 60


def test_what_a_town_says_about_itself_is_never_touched(run):
    run()
    village = of("12051011")
    contact = Actor.objects.create(name="Ina", slug="ina", kind="rat")
    Town.objects.filter(pk=village.pk).update(
        participating_since=LONG_AGO,
        about="Wir über uns.",
        contact=contact,
        small_town_decision=True,
        small_town_reason="Grundzentrum",
    )
    village.topics.add("Leerstand")
    Offer.objects.create(town=village, direction="bietet", text="Rat")
    make_seat(make_user(), village)
    run(changed(small_germany(), "12051011", name="Obere Aue"), sheet=LATER)
    after = of("12051011")
    assert (after.name, after.about, after.contact, after.participating_since) == (
        "Obere Aue",
        "Wir über uns.",
        contact,
        LONG_AGO,
    )
    assert [topic.name for topic in after.topics.all()] == ["Leerstand"]
    assert (after.offers.count(), Seat.objects.current().speaking_for(after).count()) == (1, 1)
    assert after.small_town_reason == "Grundzentrum"


def test_invented_towns_are_none_of_the_registers_business(run, auenlinden):
    run()
    auenlinden.refresh_from_db()
    assert (auenlinden.valid_until, auenlinden.register) == (None, None)


def test_namesakes_are_told_apart_by_their_kreis(run):
    run()
    assert [str(each) for each in Town.objects.filter(name="Berg").by_slug()] == [
        "Berg, Landkreis Musterland 06",
        "Berg, Landkreis Musterland 09",
    ]
    assert list(Town.objects.filter(name="Berg").by_slug().values_list("slug", flat=True)) == [
        "berg-landkreis-musterland-06",
        "berg-landkreis-musterland-09",
    ]
    assert of("12051901").label == "Forst Süd, gemeindefreies Gebiet"


def test_a_new_namesake_changes_the_label_of_the_first_and_no_slug(run):
    run()
    rows = [*small_germany(), district("15", "60", "Salzland")]
    rows += [association("15", "60", "0007", "Oberaue"), town("15", "60", "0007", "007", "Oberaue", 4_000)]
    run(rows, sheet=LATER)
    assert [(str(each), each.slug) for each in Town.objects.filter(name="Oberaue").by_slug()] == [
        ("Oberaue, Landkreis Musterland 12", "oberaue"),
        ("Oberaue, Landkreis Salzland", "oberaue-landkreis-salzland"),
    ]


def test_namesakes_in_one_kreis_are_told_apart_by_verband_addition_or_key(run):
    rows = [
        *small_germany(),
        town("12", "51", "5001", "021", "Garding, Stadt", 900),
        town("12", "51", "5001", "022", "Garding, Kirchspiel", 300),
        town("12", "51", "5001", "031", "Zell", 300),
        town("12", "51", "5001", "032", "Zell", 300),
        association("12", "51", "5002", "Wald", "51"),
        town("12", "51", "5001", "041", "Loh", 300),
        town("12", "51", "5002", "042", "Loh", 300),
    ]
    run(rows)
    kreis = "Landkreis Musterland 12"
    found = Town.objects.filter(name__in=["Garding", "Zell", "Loh"]).order_by("ags")
    assert [each.distinction for each in found] == [
        f"{kreis}, Stadt",
        f"{kreis}, Kirchspiel",
        f"{kreis}, AGS 12051031",
        f"{kreis}, AGS 12051032",
        f"{kreis}, Amt Aue",
        f"{kreis}, Amt Wald",
    ]


def test_a_town_named_like_a_page_gets_another_address(run):
    run(changed(small_germany(), "12051011", name="Karte"))
    assert of("12051011").slug == "karte-12051011"


@pytest.mark.parametrize("count", [1, 40])
def test_comparing_costs_the_same_for_few_and_many(tmp_path, run, django_assert_num_queries, count):
    rows = small_germany()
    rows += [town("12", "51", "0001", f"{100 + n}", f"Dorf {n}", 300) for n in range(count)]
    run(rows)
    for each in rows[-count:]:
        rows = changed(rows, each.ags, name=f"{each.name} am See", inhabitants=301)
    register = read_register(write_excerpt(tmp_path / "b.xlsx", rows, sheet=LATER))
    with django_assert_num_queries(4):
        assert len(compare(register).renamed) == count
    with django_assert_num_queries(20):
        import_register(register)
