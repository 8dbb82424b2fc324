"""Health: 200 while this process can serve, 503 when it cannot, and always an answer."""

import os
import socket
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from foundation.schedule.actions import tick
from foundation.schedule.models import Job

ROOT = Path(__file__).resolve().parent.parent.parent
FINE = {"media": "in Ordnung", "database": "in Ordnung", "migrations": "in Ordnung", "jobs": "in Ordnung"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticked():
    tick(timezone.now())


def test_all_is_well(client, ticked):
    answer = client.get("/gesund/")
    assert answer.status_code == 200
    assert answer.json() == FINE
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_the_answer_takes_four_queries(client, ticked, django_assert_num_queries):
    client.get("/gesund/")
    with django_assert_num_queries(4):
        client.get("/gesund/")


def test_late_jobs_are_told_but_traffic_goes_on(client, ticked):
    Job.objects.filter(name="mails").update(late_at=timezone.now() - timedelta(minutes=1))
    answer = client.get("/gesund/")
    assert answer.status_code == 200
    assert answer.json() == FINE | {"jobs": "überfällig: mails"}


def test_a_clock_that_never_ran_is_told(client):
    answer = client.get("/gesund/")
    assert answer.status_code == 200
    assert "mails" in answer.json()["jobs"]


def test_a_missing_migration_is_503(client, ticked):
    MigrationRecorder(connection).record_unapplied("schedule", "0001_job")
    answer = client.get("/gesund/")
    assert answer.status_code == 503
    assert answer.json() == FINE | {"migrations": "1 ausstehend", "jobs": "unbekannt"}


def test_a_media_folder_that_takes_no_file_is_503(client, ticked, settings, tmp_path):
    (tmp_path / "file").write_text("in the way")
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    answer = client.get("/gesund/")
    assert answer.status_code == 503
    assert answer.json() == FINE | {"media": "nicht beschreibbar"}


def test_nothing_stays_behind_in_the_media_folder(client, ticked, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    assert client.get("/gesund/").status_code == 200
    assert list(settings.MEDIA_ROOT.iterdir()) == []


@pytest.mark.parametrize("debug", ["0", "1"])
def test_a_lost_database_is_503_and_not_an_error(tmp_path, debug):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    env = os.environ | {
        "DATABASE_URL": f"postgresql://postgres@127.0.0.1:{port}/weg",
        "MEDIA_ROOT": str(tmp_path),
        "DEBUG": debug,
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "testserver",
        "SITE_URL": "http://testserver",
        "DJANGO_SETTINGS_MODULE": "akademie.settings",
    }
    program = (
        "import django; django.setup(); from django.test import Client; answer = Client().get('/gesund/');"
        "print(answer.status_code, answer['Cache-Control'], answer.content.decode())"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.stdout == (
        '503 no-store {"media": "in Ordnung", "database": "nicht erreichbar", '
        '"migrations": "unbekannt", "jobs": "unbekannt"}\n'
    )


@pytest.mark.parametrize("method", ["post", "put", "delete", "trace"])
def test_health_is_only_read(client, method):
    assert getattr(client, method)("/gesund/").status_code == 405
