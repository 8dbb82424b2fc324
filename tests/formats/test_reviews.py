"""Review dates: who is due, one letter of each, and never the same twice."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from formats.actions import ask_release, save_draft, withdraw
from formats.editions import editions_of
from formats.models import Format, Release
from formats.reviews import a_year_after, due_reviews, mark_reviewed, remind_of_reviews, unreviewed
from foundation.notices.models import Mail
from foundation.people.roles import Role
from tests.builders import make_draft, make_format, make_user, publish_rows

pytestmark = pytest.mark.django_db


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def letters():
    return sorted((mail.recipient, mail.subject) for mail in Mail.objects.all())


@pytest.mark.parametrize(("days", "told"), [(-30, 1), (0, 1), (14, 1), (15, 0)])
def test_a_review_is_told_two_weeks_ahead(moni, days, told):
    make_format(review_due=in_days(days).isoformat())
    remind_of_reviews()
    assert Mail.objects.count() == told


def test_one_letter_names_all_that_are_due_the_most_urgent_first(cast):
    make_user("mira@akademie.example", role=Role.EDITOR)
    make_format("spaeter", review_due=in_days(9).isoformat())
    make_format("frueher", review_due=in_days(-9).isoformat())
    make_format("nie")
    remind_of_reviews()
    subject = "2 Steckbriefe sind wieder zu prüfen"
    assert letters() == [("mira@akademie.example", subject), ("moni@akademie.example", subject)]
    text = Mail.objects.first().text
    assert f"Spaeter: bis {in_days(9):%d.%m.%Y}" in text
    assert text.index("Frueher") < text.index("Spaeter")
    assert "/redaktion/formats/format/?pruefung=faellig" in text


def test_of_each_date_the_editors_hear_once(moni):
    format = make_format(review_due=in_days(3).isoformat())
    remind_of_reviews()
    remind_of_reviews()
    assert Mail.objects.count() == 1
    format.review_due = in_days(5)
    format.save()
    publish_rows(format)
    remind_of_reviews()
    assert Mail.objects.count() == 2


def test_there_is_no_letter_without_content(moni):
    make_format()
    remind_of_reviews()
    assert Mail.objects.count() == 0


def test_without_editors_nothing_counts_as_told(anna):
    make_format(review_due=in_days(3).isoformat())
    remind_of_reviews()
    assert Format.objects.get().reminded_of is None
    make_user("moni@akademie.example", role=Role.EDITOR)
    remind_of_reviews()
    assert letters() == [("moni@akademie.example", "Ein Steckbrief ist wieder zu prüfen")]


def test_the_public_date_counts_not_that_of_a_draft(moni):
    format = make_format(review_due=in_days(3).isoformat())
    format.review_due = in_days(400)
    format.save()
    save_draft(format, author=moni)
    remind_of_reviews()
    assert Mail.objects.count() == 1
    assert Format.objects.get().reminded_of == in_days(3)


def test_nobody_is_reminded_of_what_is_not_public(moni):
    save_draft(make_draft(review_due=in_days(3)), author=moni)
    withdraw(make_format("weg", review_due=in_days(3).isoformat()))
    remind_of_reviews()
    assert Mail.objects.count() == 0


def test_a_reminder_changes_no_page_and_no_revision(moni):
    format = make_format(review_due=in_days(3).isoformat())
    remind_of_reviews()
    assert format.revisions.count() == 1


@pytest.mark.parametrize(
    ("day", "next_year"),
    [
        (date(2026, 11, 22), date(2027, 11, 22)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 28)),
    ],
)
def test_twelve_months_later_is_the_same_day(day, next_year):
    assert a_year_after(day) == next_year


def test_unreviewed_are_those_of_twelve_months_that_are_not_due_anyway():
    today = date(2026, 11, 22)
    make_format("alt", as_of="2025-11-21", review_due="2027-05-01")
    make_format("grenze", as_of="2025-11-22")
    make_format("faellig", as_of="2024-01-01", review_due="2026-12-06")
    editions = editions_of(Format.objects.order_by("pk"))
    assert [edition.slug for edition in unreviewed(editions, today)] == ["alt"]
    assert [edition.slug for edition in due_reviews(editions, today)] == ["faellig"]


def test_marking_as_reviewed_makes_a_draft_and_changes_nothing_public(moni):
    format = make_format(as_of="2025-01-01", review_due="2026-01-01")
    today = timezone.localdate()
    revision = mark_reviewed(format, by=moni)
    format = Format.objects.with_draft().get()
    assert (format.draft, revision.author, revision.number) == (revision, moni, 2)
    dates = [revision.snapshot["as_of"], revision.snapshot["review_due"]]
    assert dates == [today.isoformat(), a_year_after(today).isoformat()]
    assert format.published.snapshot["as_of"] == "2025-01-01"
    assert revision.reason.startswith(f"Geprüft: Stand {today:%d.%m.%Y}")


def test_marking_twice_on_one_day_is_one_revision(moni):
    format = make_format()
    mark_reviewed(format, by=moni)
    mark_reviewed(format, by=moni)
    assert format.revisions.count() == 2


def test_marking_keeps_the_words_of_an_open_draft_and_cancels_its_request(moni):
    format = make_format()
    format.goal = "Neues Ziel"
    format.save()
    ask_release(save_draft(format, author=moni), by=moni)
    revision = mark_reviewed(format, by=moni)
    assert revision.snapshot["goal"] == "Neues Ziel"
    assert Release.objects.get().cancelled_at is not None
