"""The real register of 31.03.2023, where it lies beside the checkout: golden numbers, time and memory."""

import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from tests.towns.register_files import REAL, Row, write_gv100ad
from towns.models import LAENDER, Association, District, Figures, Town
from towns.register.difference import compare
from towns.register.read import read_register
from towns.register.records import TownRecord
from towns.register.write import import_register

pytestmark = pytest.mark.skipif(
    not REAL.exists(), reason="the official register is not beside this checkout (../shared/data)"
)

# Rows of Satzart 60 by column C, counted without our reader, in both sheets that carry them.
PER_LAND = {
    "SH": 1106,
    "HH": 1,
    "NI": 964,
    "HB": 2,
    "NW": 396,
    "HE": 425,
    "RP": 2302,
    "BW": 1103,
    "BY": 2229,
    "SL": 53,
    "BE": 1,
    "BB": 413,
    "MV": 727,
    "SN": 418,
    "ST": 218,
    "TH": 624,
}
WITTENBERGE = TownRecord(
    ags="12070424",
    ars="120700424424",
    official_name="Wittenberge, Stadt",
    kind="63",
    area_km2=Decimal("50.63"),
    inhabitants=16_682,
    male=8_088,
    postcode="19322",
    latitude=52.993574,
    longitude=11.751411,
)
DIESSEN = TownRecord(
    ags="09181114",
    ars="091810114114",
    official_name="Dießen am Ammersee, M",
    kind="60",
    area_km2=Decimal("82.66"),
    inhabitants=10_584,
    male=5_030,
    postcode="86911",
    latitude=47.949176,
    longitude=11.095037,
)
GROSSRAESCHEN = TownRecord(
    ags="12066112",
    ars="120660112112",
    official_name="Großräschen/Rań, Stadt",
    kind="63",
    area_km2=Decimal("81.86"),
    inhabitants=8_378,
    male=4_146,
    postcode="01983",
    latitude=51.588116,
    longitude=14.010831,
)


@pytest.fixture(scope="module")
def real():
    return read_register(REAL)


def test_golden_numbers(real):
    found = Counter(LAENDER[ags[:2]][1] for ags in real.towns)
    assert found == PER_LAND
    assert (len(real.towns), len(real.districts), len(real.associations)) == (10_982, 400, 4_599)
    assert (real.as_of, real.population_as_of) == (date(2023, 3, 31), date(2021, 12, 31))
    assert sum(town.is_municipality for town in real.towns.values()) == 10_773
    assert sum(town.inhabitants or 0 for town in real.towns.values()) == 83_237_124
    assert sum(town.latitude is None for town in real.towns.values()) == 3


@pytest.mark.parametrize("town", [WITTENBERGE, DIESSEN, GROSSRAESCHEN], ids=lambda town: town.official_name)
def test_three_towns_by_all_fields(real, town):
    assert real.towns[town.ags] == town


def test_the_whole_way_into_the_database_and_on_to_the_next_vintage(real, db, tmp_path):
    difference, source = import_register(real)
    assert (len(difference.created), source.counts["gemeinden"]) == (10_982, 10_982)
    assert Town.objects.current().count() == Figures.objects.count() == 10_773
    assert (District.objects.count(), Association.objects.count()) == (400, 1_206)
    assert Town.objects.values("slug").distinct().count() == 10_982
    labels = Town.objects.current().values_list("name", "distinction", "addition")
    assert len({f"{name}, {words}" for name, words, _ in labels}) == 10_773
    penkun = Town.objects.get(ags="13075107")
    assert (penkun.label, penkun.association.label) == ("Penkun", "Amt Löcknitz-Penkun")
    assert penkun.is_small
    units = Town.objects.current().small().with_own_administration().count()
    verbaende = Town.objects.current().small().filter(association__isnull=False)
    # decisions/0022-towns-model.md names this number: the preselection before BBSR file and hand.
    assert (units, verbaende.values("association").distinct().count()) == (1_647, 847)

    assert import_register(real)[1] is None

    rows = []
    for key, (name, _) in LAENDER.items():
        rows.append(Row("10", key, name=name))
    for district in real.districts.values():
        rows.append(Row("40", *_parts(district.key), name=district.official_name, kind=district.kind))
    for unit in real.associations.values():
        key = unit.key
        rows.append(Row("50", *_parts(key), key[5:9], name=unit.official_name, kind=unit.kind))
    for town in real.towns.values():
        rows.append(
            Row(
                "60",
                *_parts(town.ags),
                town.ars[5:9],
                town.ags[5:],
                town.official_name,
                town.kind,
                area=town.area_km2 or 0,
                inhabitants=(town.inhabitants or 0) + (10 if town.is_municipality else 0),
                male=town.male,
                postcode=town.postcode,
            )
        )
    path = write_gv100ad(tmp_path / "GV100AD_31122023.txt", rows, as_of=date(2023, 12, 31), encoding="utf-8")
    later = read_register(path, population_as_of=date(2022, 12, 31))
    found = compare(later)
    assert {name: count for name, count in found.counts.items() if count} == {
        "gemeinden": 10_982,
        "andere Angaben": 10_982,
        "Kreise und Verbände": 1_606,
    }
    import_register(later)
    wittenberge = Town.objects.get(ags="12070424")
    assert (wittenberge.inhabitants, wittenberge.latitude) == (16_692, 52.993574)
    assert [figures.inhabitants for figures in wittenberge.figures.oldest_first()] == [16_682, 16_692]
    assert import_register(later)[1] is None


def _parts(key):
    return key[:2], key[2], key[3:5]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux how much memory was needed")
def test_reading_needs_little_memory():
    code = (
        "import os, pathlib, sys\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'\n"
        "import django; django.setup()\n"
        "from towns.register.read import read_register\n"
        "read_register(pathlib.Path(sys.argv[1]))\n"
        "print(pathlib.Path('/proc/self/status').read_text())\n"
    )
    done = subprocess.run([sys.executable, "-c", code, REAL], capture_output=True, text=True, check=True)
    most = next(line for line in done.stdout.splitlines() if line.startswith("VmHWM"))
    assert int(most.split()[1]) < 120_000  # kB; the archive alone unpacks to 25 MB
