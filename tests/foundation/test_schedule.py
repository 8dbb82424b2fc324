"""The clock: runs each job once, never lets one stop another, and says what did not run."""

import os
import signal
import socket
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.tasks import TaskResultStatus
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from foundation.notices.models import Mail
from foundation.schedule.actions import late_jobs, prune_task_results, tick
from foundation.schedule.models import Job
from tests.builders import make_user

ROOT = Path(__file__).resolve().parent.parent.parent
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.django_db

only_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="needs a database that several threads write at once"
)

ran = []
broken = set()


def sweep():
    ran.append("sweep")


def count():
    ran.append("count")
    if "count" in broken:
        raise LookupError("nichts zu zählen")


@pytest.fixture(autouse=True)
def _nothing_ran_yet():
    ran.clear()
    broken.clear()


@pytest.fixture
def now():
    return timezone.now().replace(second=0, microsecond=0)


@pytest.fixture
def hang(monkeypatch):
    """Takes down the plates of all rooms and hangs up others: job name → minutes between runs."""

    def hang(**minutes):
        for config in apps.get_app_configs():
            monkeypatch.setattr(config, "scheduled_jobs", {}, raising=False)
        jobs = {name: (f"{__name__}.{name}", every, f"Aufgabe {name}") for name, every in minutes.items()}
        monkeypatch.setattr(apps.get_app_config("schedule"), "scheduled_jobs", jobs)

    return hang


def make_late(name: str, now, **fields) -> None:
    """As after an outage of an hour."""
    an_hour_ago = now - timedelta(hours=1)
    Job.objects.filter(name=name).update(**{"due_at": an_hour_ago, "late_at": an_hour_ago} | fields)


def recipients() -> list[str]:
    return sorted(Mail.objects.values_list("recipient", flat=True))


# Running --------------------------------------------------------------------------------------------


def test_a_job_runs_at_once_and_then_in_its_rhythm(hang, now):
    hang(sweep=2)
    for minute in range(5):
        tick(now + minute * MINUTE + timedelta(seconds=minute * 7))
    assert ran == ["sweep"] * 3
    job = Job.objects.get()
    assert (job.name, job.label, job.begun_at, job.due_at) == (
        "sweep",
        "Aufgabe sweep",
        now + 4 * MINUTE,
        now + 6 * MINUTE,
    )


def test_a_job_of_every_minute_misses_none_although_the_clock_jitters(hang, now):
    hang(sweep=1)
    for minute, seconds in enumerate([0.9, 0.1, 0.5, 0.0]):
        tick(now + minute * MINUTE + timedelta(seconds=seconds))
    assert ran == ["sweep"] * 4


def test_two_ticks_in_one_minute_run_a_job_once(hang, now):
    hang(sweep=1)
    tick(now)
    tick(now + timedelta(seconds=20))
    assert ran == ["sweep"]


def test_a_failing_job_is_noted_and_stops_no_other(hang, now, caplog):
    hang(count=60, sweep=60)
    broken.add("count")
    tick(now)
    assert sorted(ran) == ["count", "sweep"]
    failed, sound = Job.objects.get(name="count"), Job.objects.get(name="sweep")
    assert failed.last_error == "LookupError: nichts zu zählen"
    assert failed.failed_at is not None
    assert failed.succeeded_at is None
    assert sound.succeeded_at is not None
    assert sound.failed_at is None
    assert "The scheduled job count failed" in caplog.text


def test_a_failed_job_is_tried_again_after_five_minutes(hang, now):
    hang(count=60)
    broken.add("count")
    tick(now)
    tick(now + 4 * MINUTE)
    assert ran == ["count"]
    broken.clear()
    tick(now + 5 * MINUTE)
    assert ran == ["count"] * 2
    assert Job.objects.get().last_error == ""


def test_a_job_that_names_no_function_is_a_failed_job(hang, now):
    hang(nowhere=1, sweep=1)
    tick(now)
    assert ran == ["sweep"]
    assert Job.objects.get(name="nowhere").last_error.startswith("ImportError")


def test_the_rows_follow_the_plates(hang, now):
    hang(sweep=60, count=60)
    tick(now)
    hang(sweep=5)
    tick(now + MINUTE)
    job = Job.objects.get()
    assert (job.name, job.minutes, job.due_at) == ("sweep", 5, now + 6 * MINUTE)


def test_two_rooms_cannot_name_their_jobs_alike(hang, now, monkeypatch):
    hang(sweep=1)
    monkeypatch.setattr(apps.get_app_config("notices"), "scheduled_jobs", {"sweep": ("x.y", 1, "Anderes")})
    with pytest.raises(ImproperlyConfigured, match="sweep"):
        tick(now)


def test_every_plate_in_the_house_names_a_function():
    plates = [
        job for config in apps.get_app_configs() for job in getattr(config, "scheduled_jobs", {}).values()
    ]
    assert len(plates) >= 2
    assert all(callable(import_string(function)) for function, _, _ in plates)


def eight_machines_tick(moment) -> None:
    begin = threading.Barrier(8)

    def machine():
        try:
            begin.wait()
            tick(moment)
        finally:
            connection.close()

    machines = [threading.Thread(target=machine) for _ in range(8)]
    for thread in machines:
        thread.start()
    for thread in machines:
        thread.join()


@only_postgresql
@pytest.mark.django_db(transaction=True)
def test_eight_machines_run_each_job_once_and_alarm_once(hang, now):
    make_user("root@akademie.example", is_superuser=True)
    hang(sweep=60, count=60)
    tick(now)
    make_late("sweep", now)
    make_late("count", now)
    ran.clear()
    eight_machines_tick(now + MINUTE)
    assert sorted(ran) == ["count", "sweep"]
    assert recipients() == ["root@akademie.example"]


@only_postgresql
@pytest.mark.django_db(transaction=True)
def test_eight_machines_that_start_together_make_each_row_once(hang, now):
    hang(sweep=60, count=60)
    eight_machines_tick(now)
    assert sorted(ran) == ["count", "sweep"]
    assert Job.objects.count() == 2


def test_a_job_whose_process_died_runs_again_after_an_hour(hang, now):
    hang(sweep=1440)
    tick(now)
    job = Job.objects.get()
    Job.objects.update(due_at=now)
    job.refresh_from_db()
    assert Job.objects.claim(job, now)  # and then the lights went out
    ran.clear()
    tick(now + 59 * MINUTE)
    assert ran == []
    tick(now + 60 * MINUTE)
    assert ran == ["sweep"]


# Alarms ---------------------------------------------------------------------------------------------


def test_a_late_job_is_told_once_to_each_administrator(hang, now, cast):
    hang(count=60)
    tick(now)
    broken.add("count")
    make_late("count", now)
    for minute in range(1, 12):
        tick(now + minute * MINUTE)
    assert recipients() == ["ada@akademie.example", "root@akademie.example"]


def test_an_alarm_names_the_job_and_what_went_wrong(hang, now, cast):
    hang(count=60)
    broken.add("count")
    tick(now)
    make_late("count", now)
    tick(now + MINUTE)
    letter = Mail.objects.get(recipient="ada@akademie.example")
    assert letter.subject == "Alarm: Eine geplante Aufgabe ist nicht gelaufen"
    for version in (letter.text, letter.html):
        assert "Aufgabe count" in version
        assert "stündlich" in version
        assert "noch nie" in version
        assert "nichts zu zählen" in version
        assert "http://127.0.0.1:8000/redaktion/schedule/job/" in version


def test_several_late_jobs_are_one_letter(hang, now, cast):
    hang(count=60, sweep=60)
    tick(now)
    make_late("count", now)
    make_late("sweep", now)
    tick(now + MINUTE)
    letter = Mail.objects.get(recipient="ada@akademie.example")
    assert letter.subject == "Alarm: 2 geplante Aufgaben sind nicht gelaufen"
    assert "Aufgabe count" in letter.text
    assert "Aufgabe sweep" in letter.text


def test_after_an_outage_the_tick_tells_what_it_missed_and_makes_up_for_it(hang, now, cast):
    hang(sweep=1)
    tick(now)
    make_late("sweep", now)
    ran.clear()
    tick(now + MINUTE)
    assert recipients() == ["ada@akademie.example", "root@akademie.example"]
    assert ran == ["sweep"]
    assert Job.objects.get().alarmed_at is None
    assert late_jobs(now + MINUTE) == []


def test_a_second_outage_is_a_second_alarm(hang, now, cast):
    hang(sweep=1)
    for hour in (0, 1, 2):
        tick(now + timedelta(hours=hour))
        make_late("sweep", now + timedelta(hours=hour))
    assert recipients().count("ada@akademie.example") == 2


def test_an_alarm_that_cannot_be_written_stops_no_job(hang, now, cast, settings, caplog):
    hang(sweep=60)
    tick(now)
    make_late("sweep", now)
    ran.clear()
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [], "APP_DIRS": False}]
    tick(now + MINUTE)
    assert ran == ["sweep"]
    assert recipients() == []
    assert "The alarm for late jobs could not be raised" in caplog.text


@pytest.mark.parametrize(("minutes", "grace"), [(1, 6), (15, 20), (60, 75), (1440, 1800)])
def test_a_job_may_be_late_by_a_quarter_and_at_least_five_minutes(minutes, grace):
    assert Job(minutes=minutes).grace() == timedelta(minutes=grace)


def test_late_jobs_are_those_whose_grace_is_over(hang, now):
    hang(sweep=60, count=60)
    tick(now)
    make_late("sweep", now)
    assert [job.name for job in late_jobs(now)] == ["sweep"]


def test_if_the_clock_never_ran_everything_is_late(hang, now):
    hang(sweep=60, count=60)
    assert sorted(job.label for job in late_jobs(now)) == ["Aufgabe count", "Aufgabe sweep"]


@pytest.mark.parametrize(
    ("minutes", "rhythm"), [(1, "jede Minute"), (15, "alle 15 Minuten"), (60, "stündlich"), (1440, "täglich")]
)
def test_a_rhythm_is_said_in_german(minutes, rhythm):
    assert Job(minutes=minutes).rhythm == rhythm


# The command and the desk ---------------------------------------------------------------------------


def test_the_command_ticks_once(hang, capsys):
    hang(sweep=60)
    call_command("tick", once=True)
    assert ran == ["sweep"]
    assert capsys.readouterr().out == "One tick done.\n"


@pytest.fixture
def no_database():
    """The environment of a process whose PostgreSQL does not answer."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    return os.environ | {"DATABASE_URL": f"postgresql://postgres@127.0.0.1:{port}/weg", "LOG_FORMAT": "plain"}


def test_the_command_says_in_one_line_that_the_database_is_away(no_database):
    command = [sys.executable, "manage.py", "tick", "--once"]
    done = subprocess.run(command, cwd=ROOT, env=no_database, capture_output=True, text=True)
    assert done.returncode == 1
    assert "CommandError: The tick could not use the database" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_command_survives_a_lost_database_and_ends_when_told(no_database):
    command = [sys.executable, "manage.py", "tick"]
    with subprocess.Popen(command, cwd=ROOT, env=no_database, stderr=subprocess.PIPE, text=True) as process:
        line = process.stderr.readline()
        still_there = process.poll() is None
        process.send_signal(signal.SIGTERM)
        rest = process.stderr.read()
    assert "ERROR foundation.schedule.management.commands.tick The tick could not use the database" in line
    assert still_there
    assert process.returncode == 0
    assert "Traceback" not in rest


def test_old_background_tasks_are_deleted_and_waiting_ones_kept():
    now = timezone.now()
    for status, days in [("SUCCESSFUL", 15), ("FAILED", 15), ("SUCCESSFUL", 13), ("READY", 15)]:
        DBTaskResult.objects.create(
            status=TaskResultStatus[status],
            finished_at=now - timedelta(days=days),
            args_kwargs={"args": [], "kwargs": {}},
            task_path="foundation.notices.tasks.deliver",
            run_after=now,
            backend_name="default",
        )
    prune_task_results()
    kept = sorted(DBTaskResult.objects.values_list("status", flat=True))
    assert kept == ["READY", "SUCCESSFUL"]


@pytest.mark.parametrize(
    ("name", "status"),
    [("ada", 200), ("root", 200), ("moni", 403), ("mara", 403), ("anna", 302), ("gast", 302)],
)
def test_who_may_see_the_clock(client, cast, name, status):
    if name != "gast":
        client.force_login(cast[name])
    assert client.get("/redaktion/schedule/job/").status_code == status


def test_the_desk_shows_the_state_of_each_job(client, cast, hang, now):
    hang(sweep=60, count=15)
    broken.add("count")
    tick(now)
    client.force_login(cast["ada"])
    page = client.get("/redaktion/schedule/job/").content.decode()
    for shown in ("Aufgabe sweep", "stündlich", "in Ordnung"):
        assert shown in page
    for shown in ("Aufgabe count", "alle 15 Minuten", "zuletzt gescheitert"):
        assert shown in page
    make_late("count", now)
    assert "überfällig" in client.get("/redaktion/schedule/job/").content.decode()
    assert client.get("/redaktion/schedule/job/add/").status_code == 403
