"""The journeys of logging in: every page in good German, and no answer that tells who has an account."""

import html
import itertools
import re
from pathlib import Path

import allauth
import pytest
from allauth.account.urls import urlpatterns as allauth_addresses
from django.conf import settings as project
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.password_validation import get_default_password_validators
from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation

from foundation.people import urls
from foundation.people.adapter import AccountAdapter, code_minutes
from foundation.people.forms import SignupForm
from foundation.people.models import User
from tests.builders import PASSWORD, make_user

NEW_PASSWORD = "drei-linden-am-marktplatz"
ANNA = "anna@auenlinden.example"
NOBODY = "niemand@auenlinden.example"

# What must not stand on a page: du, and what is left of English where a text of allauth shows through.
FOREIGN = re.compile(
    r"\b(du|dir|dich|dein\w*|euch|euer|eure\w*|the|and|or|of|is|your?|please|sign|sent|password|email|"
    r"address|account|confirm|verify|verification|change|invalid|incorrect|too|many|required|this)\b",
    re.IGNORECASE,
)


def text_of(markup: str) -> str:
    """What a person reads, without tags; addresses of mails and pages are no language."""
    text = html.unescape(re.sub(r"<[^>]*>", " ", re.sub(r"(?s)<(script|style|title).*?</\1>", " ", markup)))
    text = re.sub(r"\S+@\S+|https?://\S+", " ", text)
    return " ".join(text.split())


def assert_german(text: str):
    assert FOREIGN.findall(text) == []


class Visitor:
    """A browser whose commits happen, so that mails leave; every page it sees is read for its German."""

    def __init__(self, commits, mailoutbox, number):
        self.client, self.commits, self.mails = Client(REMOTE_ADDR=f"10.0.0.{number}"), commits, mailoutbox
        self.templates = set()

    def get(self, path, **extra):
        return self._seen(self.client.get(path, **extra))

    def post(self, path, data=None, **extra):
        with self.commits(execute=True):
            return self._seen(self.client.post(path, data or {}, **extra))

    def _seen(self, response):
        self.templates |= {template.name for template in response.templates}
        if response.status_code == 200:
            assert_german(text_of(response.content.decode()))
        return response

    @property
    def code(self) -> str:
        """The code in the newest mail."""
        return re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", self.mails[-1].body)[0]

    @property
    def person(self):
        """Who is logged in here."""
        return User.objects.filter(pk=self.client.session.get("_auth_user_id")).first()


@pytest.fixture
def visit(db, django_capture_on_commit_callbacks, mailoutbox):
    """Makes as many visitors as a test needs, each at an address of their own."""
    numbers = itertools.count(1)
    return lambda: Visitor(django_capture_on_commit_callbacks, mailoutbox, next(numbers))


@pytest.fixture
def visitor(visit):
    return visit()


@pytest.fixture
def anna(db):
    """Anna, whose address is confirmed."""
    user = make_user(ANNA, name="Anna Ahrens")
    user.emailaddress_set.create(email=ANNA, primary=True, verified=True)
    return user


def log_in(visitor, email=ANNA, password=PASSWORD, **extra):
    return visitor.post("/konto/anmelden/", {"login": email, "password": password}, **extra)


def sign_up(visitor, email=ANNA, password=PASSWORD):
    return visitor.post("/konto/registrieren/", {"email": email, "password1": password})


# The journeys.


def test_signing_up_with_a_code(visitor):
    assert visitor.get("/konto/registrieren/").status_code == 200
    response = sign_up(visitor)
    assert response.url == "/konto/e-mail/bestaetigen/"
    assert visitor.get("/konto/e-mail/bestaetigen/").status_code == 200
    assert visitor.person is None
    response = visitor.post("/konto/e-mail/bestaetigen/", {"code": visitor.code})
    assert response.url == "/staedte/sitz/"
    assert visitor.person.email == ANNA
    assert visitor.person.check_password(PASSWORD)
    assert [mail.to for mail in visitor.mails] == [[ANNA]]


def test_logging_in_with_a_password(visitor, anna):
    assert visitor.get("/konto/anmelden/").status_code == 200
    response = log_in(visitor)
    assert response.url == "/"
    assert visitor.person == anna
    assert visitor.mails == []


def test_after_logging_in_one_is_where_one_wanted_to_go(visitor, anna):
    page = visitor.get("/konto/anmelden/?next=/konto/e-mail/").content.decode()
    assert '<input type="hidden" name="next" value="/konto/e-mail/">' in page
    response = visitor.post(
        "/konto/anmelden/", {"login": ANNA, "password": PASSWORD, "next": "/konto/e-mail/"}
    )
    assert response.url == "/konto/e-mail/"


def test_nobody_is_sent_to_another_house_after_logging_in(visitor, anna):
    response = visitor.post(
        "/konto/anmelden/", {"login": ANNA, "password": PASSWORD, "next": "https://anderswo.example/"}
    )
    assert response.url == "/"


def test_logging_in_with_a_code(visitor, anna):
    assert visitor.get("/konto/anmelden/code/").status_code == 200
    response = visitor.post("/konto/anmelden/code/", {"email": ANNA})
    assert response.url == "/konto/anmelden/code/eingeben/"
    assert ANNA in visitor.get("/konto/anmelden/code/eingeben/").content.decode()
    # Typed as people type: small, with a space for the dash.
    response = visitor.post(
        "/konto/anmelden/code/eingeben/", {"code": f" {visitor.code.lower().replace('-', ' ')} "}
    )
    assert response.url == "/"
    assert visitor.person == anna
    assert visitor.person.has_usable_password()


def test_three_wrong_codes_end_the_attempt(visitor, anna):
    visitor.post("/konto/anmelden/code/", {"email": ANNA})
    code = visitor.code
    for _ in range(2):
        response = visitor.post("/konto/anmelden/code/eingeben/", {"code": "WRNG-WRNG"})
        assert "Dieser Code stimmt nicht." in response.content.decode()
    response = visitor.post("/konto/anmelden/code/eingeben/", {"code": "WRNG-WRNG"})
    assert response.url == "/konto/anmelden/code/"
    assert "Das waren zu viele Versuche." in visitor.get(response.url).content.decode()
    response = visitor.post("/konto/anmelden/code/eingeben/", {"code": code})
    assert response.url == "/konto/anmelden/code/"
    assert visitor.person is None


def test_one_can_begin_again_at_the_code_page(visitor, anna):
    visitor.post("/konto/anmelden/code/", {"email": NOBODY})
    assert (
        'name="next" value="/konto/anmelden/code/"'
        in visitor.get("/konto/anmelden/code/eingeben/").content.decode()
    )
    response = visitor.post("/konto/abmelden/", {"next": "/konto/anmelden/code/"})
    assert response.url == "/konto/anmelden/code/"
    assert visitor.get("/konto/anmelden/code/").status_code == 200


def test_a_forgotten_password_is_set_anew_with_a_code(visitor, anna):
    assert visitor.get("/konto/passwort/vergessen/").status_code == 200
    response = visitor.post("/konto/passwort/vergessen/", {"email": ANNA})
    assert response.url == "/konto/passwort/vergessen/code/"
    assert visitor.get("/konto/passwort/vergessen/code/").status_code == 200
    response = visitor.post("/konto/passwort/vergessen/code/", {"code": visitor.code})
    assert response.url == "/konto/passwort/vergessen/neu/"
    assert visitor.get("/konto/passwort/vergessen/neu/").status_code == 200
    response = visitor.post("/konto/passwort/vergessen/neu/", {"password1": NEW_PASSWORD})
    assert response.url == "/konto/passwort/vergessen/fertig/"
    assert visitor.get("/konto/passwort/vergessen/fertig/").status_code == 200
    assert log_in(visitor, password=PASSWORD).status_code == 200
    assert log_in(visitor, password=NEW_PASSWORD).url == "/"
    assert visitor.mails[-1].subject == "Ihr Passwort wurde neu festgelegt"


def test_logging_out_by_post_only(visitor, anna):
    log_in(visitor)
    assert visitor.get("/konto/abmelden/").status_code == 200
    assert visitor.person == anna
    assert visitor.post("/konto/abmelden/").url == "/"
    assert visitor.person is None


def test_changing_the_password(visitor, anna):
    log_in(visitor)
    assert visitor.get("/konto/passwort/aendern/").status_code == 200
    response = visitor.post("/konto/passwort/aendern/", {"oldpassword": "falsch", "password1": NEW_PASSWORD})
    assert "Das ist nicht Ihr bisheriges Passwort." in response.content.decode()
    response = visitor.post("/konto/passwort/aendern/", {"oldpassword": PASSWORD, "password1": NEW_PASSWORD})
    assert "Ihr neues Passwort gilt ab jetzt." in visitor.get(response.url).content.decode()
    anna.refresh_from_db()
    assert anna.check_password(NEW_PASSWORD)
    assert visitor.person == anna
    assert visitor.mails[-1].subject == "Ihr Passwort wurde geändert"


def test_changing_the_address(visitor, anna):
    log_in(visitor)
    new = "anna.ahrens@auenlinden.example"
    assert ANNA in visitor.get("/konto/e-mail/").content.decode()
    response = visitor.post("/konto/e-mail/", {"email": new, "action_add": ""})
    assert response.url == "/konto/bestaetigen/?next=%2Fkonto%2Fe-mail%2F"
    assert visitor.get(response.url).status_code == 200
    response = visitor.post("/konto/bestaetigen/", {"password": PASSWORD, "next": "/konto/e-mail/"})
    assert response.url == "/konto/e-mail/bestaetigen/"
    anna.refresh_from_db()
    assert anna.email == ANNA
    assert visitor.mails[-1].to == [new]
    assert visitor.get("/konto/e-mail/bestaetigen/").status_code == 200
    visitor.post("/konto/e-mail/bestaetigen/", {"code": visitor.code})
    anna.refresh_from_db()
    assert anna.email == new
    assert list(anna.emailaddress_set.values_list("email", "primary", "verified")) == [(new, True, True)]
    assert (visitor.mails[-1].to, visitor.mails[-1].subject) == (
        [ANNA],
        "Ihre E-Mail-Adresse wurde geändert",
    )


def test_the_address_of_another_account_cannot_be_taken(visitor, anna):
    make_user("bernd@auenlinden.example").emailaddress_set.create(
        email="bernd@auenlinden.example", primary=True, verified=True
    )
    log_in(visitor)
    visitor.post("/konto/e-mail/", {"email": "Bernd@auenlinden.example", "action_add": ""})
    response = visitor.post("/konto/bestaetigen/", {"password": PASSWORD, "next": "/konto/e-mail/"})
    # The answer is the usual one; only Bernd, who can read the mail, gets further.
    assert response.url == "/konto/e-mail/bestaetigen/"
    response = visitor.post("/konto/e-mail/bestaetigen/", {"code": visitor.code})
    assert "gehört schon zu einem anderen Konto" in response.content.decode()
    assert visitor.person.email == ANNA


def test_a_person_without_password_can_set_one(visitor, anna):
    anna.set_unusable_password()
    anna.save()
    visitor.post("/konto/anmelden/code/", {"email": ANNA})
    visitor.post("/konto/anmelden/code/eingeben/", {"code": visitor.code})
    assert visitor.get("/konto/passwort/aendern/").url == "/konto/passwort/festlegen/"
    assert visitor.get("/konto/passwort/festlegen/").status_code == 200
    visitor.post("/konto/passwort/festlegen/", {"password1": NEW_PASSWORD})
    anna.refresh_from_db()
    assert anna.check_password(NEW_PASSWORD)
    assert visitor.mails[-1].subject == "Ihr Konto hat jetzt ein Passwort"


def test_a_locked_account_gets_a_page_and_no_session(visitor, anna):
    anna.is_active = False
    anna.save()
    response = log_in(visitor)
    assert response.url == "/konto/gesperrt/"
    assert "Dieses Konto ist gesperrt" in visitor.get(response.url).content.decode()
    assert visitor.person is None


def test_locking_an_account_ends_its_sessions(visitor, anna):
    log_in(visitor)
    assert visitor.get("/konto/e-mail/").status_code == 200
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert visitor.get("/konto/e-mail/").url == "/konto/anmelden/?next=/konto/e-mail/"


def test_addresses_are_compared_without_regard_to_case(visit):
    first, second = visit(), visit()
    sign_up(first, "Anna@Auenlinden.Example")
    first.post("/konto/e-mail/bestaetigen/", {"code": first.code})
    assert first.person.email == ANNA
    cache.clear()  # allauth sends one code in ten seconds to an address
    assert sign_up(second, "ANNA@auenlinden.example", NEW_PASSWORD).url == "/konto/e-mail/bestaetigen/"
    assert User.objects.count() == 1
    second.post("/konto/abmelden/")
    assert log_in(second, "aNNa@auenlinden.EXAMPLE").url == "/"
    assert second.person == first.person


def test_a_password_chosen_by_a_stranger_opens_nothing(visit):
    # A stranger signs up with Anna's address and cannot confirm it; later Anna logs in with a code.
    stranger, anna = visit(), visit()
    sign_up(stranger, ANNA, "das-passwort-eines-fremden")
    anna.post("/konto/anmelden/code/", {"email": ANNA})
    anna.post("/konto/anmelden/code/eingeben/", {"code": anna.code})
    assert anna.person.email == ANNA
    assert anna.get("/konto/e-mail/").status_code == 200
    stranger.post("/konto/abmelden/")
    assert log_in(stranger, ANNA, "das-passwort-eines-fremden").status_code == 200
    assert stranger.person is None


# No answer tells who has an account.


def seen_by(visitor, responses):
    """Status, target and text of each answer, and of the page after it; tokens and addresses blanked."""
    shown = []
    for response in responses:
        page = response
        if response.status_code == 302:
            page = visitor.get(response.url)
        text = page.content.decode().replace(ANNA, "X").replace(NOBODY, "X")
        text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
        shown.append((response.status_code, response.headers.get("Location"), page.status_code, text))
    return shown, sorted(visitor.client.cookies), len(visitor.mails)


def _wrong_password(visitor, email):
    return [log_in(visitor, email, "ein-falsches-passwort") for _ in range(7)]


def _sign_up(visitor, email):
    return [
        sign_up(visitor, email, NEW_PASSWORD),
        *(visitor.post("/konto/e-mail/bestaetigen/", {"code": "WRNG-WRNG"}) for _ in range(3)),
    ]


def _login_code(visitor, email):
    return [
        visitor.post("/konto/anmelden/code/", {"email": email}),
        *(visitor.post("/konto/anmelden/code/eingeben/", {"code": "WRNG-WRNG"}) for _ in range(3)),
    ]


def _reset(visitor, email):
    return [
        visitor.post("/konto/passwort/vergessen/", {"email": email}),
        *(visitor.post("/konto/passwort/vergessen/code/", {"code": "WRNG-WRNG"}) for _ in range(3)),
    ]


@pytest.mark.parametrize("journey", [_wrong_password, _sign_up, _login_code, _reset])
def test_known_and_unknown_addresses_get_the_same_answers(journey, visit, anna, mailoutbox):
    known, unknown = visit(), visit()
    answers_for_anna = seen_by(known, journey(known, ANNA))
    mailoutbox.clear()
    assert seen_by(unknown, journey(unknown, NOBODY)) == answers_for_anna


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is hashed: the part of an answer that takes time."""

    count = 0

    def encode(self, password, salt):
        CountingHasher.count += 1
        return super().encode(password, salt)


@pytest.mark.parametrize(
    "ask",
    [
        lambda visitor, email: sign_up(visitor, email, NEW_PASSWORD),
        lambda visitor, email: log_in(visitor, email, "ein-falsches-passwort"),
    ],
)
@pytest.mark.parametrize("email", [ANNA, NOBODY])
def test_a_password_is_hashed_once_for_known_and_unknown_addresses(ask, email, visitor, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    make_user(ANNA)
    CountingHasher.count = 0
    ask(visitor, email)
    assert CountingHasher.count == 1


# Mails.


def test_who_signs_up_twice_is_told_by_mail_what_to_do(visitor, anna):
    sign_up(visitor)
    mail = visitor.mails[-1]
    assert (mail.to, mail.subject) == ([ANNA], "Sie haben schon ein Konto")
    assert f"{project.SITE_URL}/konto/passwort/vergessen/" in mail.body
    assert User.objects.count() == 1


def test_who_has_no_account_is_told_by_mail_where_to_make_one(visitor):
    visitor.post("/konto/anmelden/code/", {"email": NOBODY})
    mail = visitor.mails[-1]
    assert (mail.to, mail.subject) == ([NOBODY], "Zu dieser Adresse gibt es kein Konto")
    assert f"{project.SITE_URL}/konto/registrieren/" in mail.body


def test_all_codes_live_as_long_as_pages_and_mails_say(visitor, settings, anna):
    assert (
        project.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
        == project.ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT
        == project.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT
        == code_minutes() * 60
    )
    visitor.post("/konto/anmelden/code/", {"email": ANNA})
    sentence = f"Er gilt {code_minutes()} Minuten."
    assert sentence in visitor.mails[-1].body
    assert sentence in visitor.mails[-1].alternatives[0].content
    assert sentence in visitor.get("/konto/anmelden/code/eingeben/").content.decode()


def test_a_code_too_old_is_refused(visitor, anna, settings):
    visitor.post("/konto/anmelden/code/", {"email": ANNA})
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
    response = visitor.post("/konto/anmelden/code/eingeben/", {"code": visitor.code})
    assert response.url == "/konto/anmelden/code/"
    assert visitor.person is None


def test_a_forged_host_gets_into_no_mail(visitor, anna, settings):
    settings.ALLOWED_HOSTS = ["anderswo.example"]
    host = {"headers": {"host": "anderswo.example"}}
    for path, email in [
        ("/konto/passwort/vergessen/", ANNA),
        ("/konto/passwort/vergessen/", NOBODY),
        ("/konto/registrieren/", ANNA),
    ]:
        response = visitor.post(path, {"email": email, "password1": NEW_PASSWORD}, **host)
        assert response.status_code == 302
        visitor.client.session.flush()
        visitor.client.cookies.clear()
    assert len(visitor.mails) == 3
    for mail in visitor.mails:
        content = mail.body + mail.alternatives[0].content
        assert "anderswo" not in content
        assert project.SITE_URL in content


def test_mails_have_text_and_html_and_load_nothing(visitor, anna):
    visitor.post("/konto/anmelden/code/", {"email": ANNA})
    (mail,) = visitor.mails
    ((markup, kind),) = mail.alternatives
    assert kind == "text/html"
    assert visitor.code in markup
    assert visitor.code not in mail.subject
    assert re.findall(r"<(?:img|link|script|iframe)|url\(|src=", markup) == []
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"


def test_addresses_stand_in_mails_as_they_are(visitor):
    visitor.post("/konto/anmelden/code/", {"email": "o'brien&sohn@auenlinden.example"})
    assert "o'brien&sohn@auenlinden.example" in visitor.mails[-1].body
    assert "o&#x27;brien&amp;sohn@auenlinden.example" in visitor.mails[-1].alternatives[0].content


@pytest.mark.parametrize("email", [ANNA, NOBODY])
@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/konto/registrieren/", "/konto/e-mail/bestaetigen/"),
        ("/konto/anmelden/code/", "/konto/anmelden/code/eingeben/"),
        ("/konto/passwort/vergessen/", "/konto/passwort/vergessen/code/"),
    ],
)
def test_a_mail_server_that_is_down_changes_no_answer(path, target, email, visitor, anna, settings, caplog):
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 1, "timeout": 1},
        }
    }
    response = visitor.post(path, {"email": email, "password1": NEW_PASSWORD})
    assert response.url == target
    assert visitor.get(target).status_code == 200
    assert "A log-in mail could not be sent" in caplog.text


# Bad input.

MAIL_FORMS = [
    ("/konto/anmelden/", "login"),
    ("/konto/registrieren/", "email"),
    ("/konto/anmelden/code/", "email"),
    ("/konto/passwort/vergessen/", "email"),
]


@pytest.mark.parametrize(("path", "field"), MAIL_FORMS)
@pytest.mark.parametrize(
    "email",
    [
        "",
        "kein-at",
        "a\x00b@auenlinden.example",
        f"{'a' * 250}@b.example",
        "a@b\r\nBcc: c@d.example",
        "ä@b.example",
    ],
)
def test_broken_addresses_are_answered_with_a_hint(path, field, email, visitor):
    response = visitor.post(path, {field: email, "password": PASSWORD, "password1": PASSWORD})
    assert response.status_code == 200
    assert "Bitte prüfen Sie Ihre Eingaben" in response.content.decode()
    assert User.objects.count() == 0
    assert visitor.mails == []


@pytest.mark.parametrize("path", ["/konto/anmelden/", "/konto/registrieren/"])
@pytest.mark.parametrize(
    ("next_page", "status"),
    [("\x00", 400), ("//anderswo.example", 200), ("javascript:alert(1)", 200), ("a" * 5_000, 200)],
)
def test_strange_targets_are_no_error(path, next_page, status, visitor):
    assert visitor.get(path, query_params={"next": next_page}).status_code == status


@pytest.mark.parametrize(
    ("password", "hint"),
    [
        ("kurz", "Bitte nehmen Sie mindestens 10 Zeichen."),
        ("qwertyuiop", "Dieses Passwort steht auf Listen häufiger Passwörter."),
        ("83746519283746", "Das Passwort besteht nur aus Ziffern."),
        ("anna@auenlinden", "Das Passwort ähnelt Ihrer E-Mail-Adresse"),
        ("", "Bitte denken Sie sich ein Passwort aus."),
    ],
)
def test_weak_passwords_are_refused_with_a_hint(password, hint, visitor):
    response = sign_up(visitor, ANNA, password)
    assert hint in response.content.decode()
    assert User.objects.count() == 0


def test_the_length_on_the_page_is_the_length_that_is_asked(visitor):
    lengths = [v.min_length for v in get_default_password_validators() if hasattr(v, "min_length")]
    assert f"Mindestens {lengths[0]} Zeichen." in visitor.get("/konto/registrieren/").content.decode()


def test_too_many_wrong_passwords_close_the_door_for_a_while(visitor, anna):
    for _ in range(5):
        log_in(visitor, password="ein-falsches-passwort")
    assert "Das waren zu viele Versuche." in log_in(visitor).content.decode()
    assert visitor.person is None


def test_too_many_requests_get_the_page_of_the_house(visitor):
    for _ in range(20):
        assert sign_up(visitor, "kein-at").status_code == 200
    response = sign_up(visitor, "kein-at")
    assert response.status_code == 429
    assert "Kleinstadtakademie" in response.content.decode()
    assert_german(text_of(response.content.decode()))


@pytest.mark.parametrize("pattern", urls.urlpatterns, ids=lambda pattern: pattern.name)
@pytest.mark.parametrize("method", ["put", "delete", "patch", "trace"])
def test_other_methods_are_refused(pattern, method, client, db):
    assert getattr(client, method)(reverse(pattern.name)).status_code == 405


def test_a_client_that_asks_for_json_gets_the_same_page(visitor):
    response = visitor.post("/konto/registrieren/", {"email": ""}, headers={"accept": "application/json"})
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"


# Nothing of allauth's own shows through.


def test_every_page_of_allauth_has_its_german_address():
    wanted = {pattern.name for pattern in allauth_addresses}
    assert {pattern.name for pattern in urls.urlpatterns} == wanted


TEMPLATES = Path(allauth.__file__).parent / "templates"
OURS = project.BASE_DIR / "templates"

# allauth's texts that our settings never show; every other one must have ours in its place.
NEVER_SHOWN = {
    # between a page of allauth and its layout
    "account/base_confirm_code.html",
    "account/base_entrance.html",
    "account/base_manage.html",
    "account/base_manage_email.html",
    "account/base_manage_password.html",
    "account/base_manage_phone.html",
    "account/base_reauthenticate.html",
    # one address per person (ACCOUNT_CHANGE_EMAIL)
    "account/email.html",
    "account/snippets/warn_no_email.html",
    # links in mails: we send codes
    "account/email_confirm.html",
    "account/email/password_reset_key_message.txt",
    "account/email/password_reset_key_subject.txt",
    "account/password_reset_done.html",
    "account/verification_sent.html",
    "account/verified_email_required.html",
    # ours says it in its own words
    "account/snippets/already_logged_in.html",
    # allauth itself never sends it
    "account/email/email_confirm_message.txt",
    "account/email/email_confirm_subject.txt",
    # telephones and passkeys
    "account/confirm_phone_verification_code.html",
    "account/messages/phone_verification_sent.txt",
    "account/messages/phone_verified.txt",
    "account/phone_change.html",
    "account/signup_by_passkey.html",
}


def test_every_text_of_allauth_is_replaced_or_never_shown():
    texts = {str(path.relative_to(TEMPLATES)) for path in (TEMPLATES / "account").rglob("*.*")}
    replaced = {str(path.relative_to(OURS)) for path in (OURS / "account").rglob("*.*")}
    assert texts - replaced == NEVER_SHOWN
    assert replaced & NEVER_SHOWN == set()


def test_every_error_that_our_settings_can_show_is_in_good_german():
    never = {"max_email_addresses", "select_only_one"}  # one address per person, no telephones
    with translation.override("de"):
        for code, text in AccountAdapter.error_messages.items():
            if "username" not in code and "phone" not in code and code not in never:
                assert_german(str(text))


class ClosedHouse(AccountAdapter):
    """A house that takes no new people."""

    def is_open_for_signup(self, request):
        return False


def test_every_template_is_shown_on_some_journey(visitor, settings):
    code_page, address_page = "/konto/e-mail/bestaetigen/", "/konto/e-mail/"
    # A new person, and the pages of the account.
    visitor.get("/konto/anmelden/")
    visitor.get("/konto/registrieren/")
    sign_up(visitor)
    visitor.get(code_page)
    visitor.post(code_page, {"code": visitor.code})
    anna = visitor.person
    visitor.get("/konto/abmelden/")
    visitor.get("/konto/passwort/aendern/")
    visitor.post("/konto/passwort/aendern/", {"oldpassword": PASSWORD, "password1": NEW_PASSWORD})
    visitor.get("/konto/bestaetigen/")
    visitor.post("/konto/bestaetigen/", {"password": NEW_PASSWORD})
    visitor.get(address_page)
    # Addresses that no form of ours offers, but that a request can name.
    for email, verified in [("alt@auenlinden.example", True), ("neu@auenlinden.example", False)]:
        anna.emailaddress_set.create(email=email, verified=verified)
    visitor.post(address_page, {"email": ANNA, "action_remove": ""})
    visitor.post(address_page, {"email": "neu@auenlinden.example", "action_primary": ""})
    visitor.post(address_page, {"email": "neu@auenlinden.example", "action_remove": ""})
    visitor.post(address_page, {"email": "alt@auenlinden.example", "action_primary": ""})
    visitor.post(address_page, {"email": ANNA, "action_add": ""})
    visitor.post(address_page, {"email": "anna.ahrens@auenlinden.example", "action_add": ""})
    visitor.post(code_page, {"code": visitor.code})
    visitor.post("/konto/abmelden/")
    # Codes, for log-in and for a new password.
    for email in (NOBODY, "anna.ahrens@auenlinden.example"):
        visitor.get("/konto/anmelden/code/")
        visitor.post("/konto/anmelden/code/", {"email": email})
        visitor.get("/konto/anmelden/code/eingeben/")
        if email != NOBODY:
            visitor.post("/konto/anmelden/code/eingeben/", {"code": visitor.code})
        visitor.post("/konto/abmelden/")
    visitor.get("/konto/passwort/vergessen/")
    visitor.post("/konto/passwort/vergessen/", {"email": "anna.ahrens@auenlinden.example"})
    visitor.get("/konto/passwort/vergessen/code/")
    visitor.post("/konto/passwort/vergessen/code/", {"code": visitor.code})
    visitor.get("/konto/passwort/vergessen/neu/")
    visitor.post("/konto/passwort/vergessen/neu/", {"password1": PASSWORD})
    visitor.get("/konto/passwort/vergessen/fertig/")
    # An address that is known already; an account without password; a locked one; a closed house.
    cache.clear()  # allauth sends one code in ten seconds to an address
    sign_up(visitor, "anna.ahrens@auenlinden.example")
    visitor.post("/konto/abmelden/")
    User.objects.filter(pk=anna.pk).update(password="!")
    visitor.client.force_login(User.objects.get(pk=anna.pk))
    visitor.get("/konto/passwort/festlegen/")
    visitor.post("/konto/passwort/festlegen/", {"password1": PASSWORD})
    visitor.post("/konto/abmelden/")
    visitor.get("/konto/gesperrt/")
    settings.ACCOUNT_ADAPTER = f"{__name__}.ClosedHouse"
    visitor.get("/konto/registrieren/")

    ours = {str(path.relative_to(OURS)) for path in (OURS / "account").rglob("*.*")}
    assert ours - visitor.templates == {
        # only where two people confirm the same address at the same moment
        "account/messages/email_confirmation_failed.txt"
    }
    failed = render_to_string("account/messages/email_confirmation_failed.txt", {"email": ANNA})
    assert_german(text_of(failed))
    for mail in visitor.mails:
        assert mail.subject
        assert_german(mail.subject)
        assert_german(text_of(mail.body))
        assert_german(text_of(mail.alternatives[0].content))
        assert mail.body.startswith("Guten Tag,\n")
        assert project.SITE_URL in mail.body


def test_a_page_of_allauth_without_a_template_of_ours_stands_in_our_house(rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    form = {"form": SignupForm(), "signup_url": "/konto/registrieren/", "login_url": "/konto/anmelden/"}
    page = render_to_string("account/phone_change.html", form, request)
    assert 'class="site-header"' in page
    assert 'class="kern-form-input"' in page
    assert 'class="kern-btn kern-btn--primary"' in page
