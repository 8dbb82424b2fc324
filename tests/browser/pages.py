"""Every page type of the house: where it is, who sees it, what is typed to get there; and two screens."""

from dataclasses import dataclass, field

from django.test import Client

from foundation.people.models import User

PHONE, DESK = {"width": 360, "height": 800}, {"width": 1280, "height": 900}


@dataclass(frozen=True)
class PageType:
    """One page; with `sends`, the one that comes after sending the form at this address."""

    name: str
    address: str
    status: int = 200
    who: str = ""  # a person of the cast; empty for a visitor without an account
    remembered: tuple[str, ...] = ()  # slugs on the Merkliste
    sends: dict[str, str] = field(default_factory=dict)

    def visitor(self) -> Client:
        """Somebody who is about to open this page: signed in and with a Merkliste where it needs that."""
        client = Client()
        if self.who:
            client.force_login(User.objects.get(email__startswith=f"{self.who}@"))
        for slug in self.remembered:
            client.post(f"/formate/{slug}/merken/")
            client.get("/")  # where the message about it is shown
        return client


FOUR = ("webinar", "barcamp", "podcast", "exkursion")
COMPARISON = "/formate/vergleich/?f="
ANNA = "anna@auenlinden.example"
FINDER = "zweck=rat&publikum=fach&zusammen=ja&dauer=kurz&gruppe=klein&vertraulich=ja&aufwand=gering"

PAGES = [
    PageType("Startseite", "/"),
    PageType("Katalog", "/formate/"),
    PageType("Katalog gefiltert", "/formate/?zweck=lernen&modus=digital&zeit=2-stunden"),
    PageType("Katalog ohne Treffer", "/formate/?q=kaffeefahrt&zweck=lernen"),
    PageType("Tabelle", "/formate/tabelle/"),
    PageType("Tabelle sortiert", "/formate/tabelle/?sortierung=-aufwand"),
    PageType("Vergleich: Auswahl", "/formate/vergleich/"),
    PageType("Vergleich: eines zu wenig", COMPARISON + FOUR[0]),
    PageType("Vergleich von zweien", COMPARISON + "&f=".join(FOUR[:2])),
    PageType("Vergleich von vieren", COMPARISON + "&f=".join(FOUR)),
    PageType("Steckbrief Webinar", "/formate/webinar/"),
    PageType("Steckbrief Entscheidungsbaum", "/formate/digitaler-entscheidungsbaum/"),
    PageType("Steckbrief Mentoring", "/formate/mentoring-tandem/"),
    PageType("Steckbrief für die Redaktion", "/formate/webinar/", who="moni"),
    PageType("Druckfassung", "/formate/webinar/druck/"),
    PageType("Rückmeldung", "/formate/webinar/rueckmeldung/"),
    PageType(
        "Rückmeldung mit Fehlern",
        "/formate/webinar/rueckmeldung/",
        status=422,
        sends={"text": "", "reply_to": "anna@", "was": "hinweis"},
    ),
    PageType(
        "Danke für die Rückmeldung",
        "/formate/webinar/rueckmeldung/",
        sends={"text": "Zu lang.", "was": "hinweis"},
    ),
    PageType("Merken", "/formate/webinar/merken/"),
    PageType("Schon gemerkt", "/formate/webinar/merken/", remembered=FOUR),
    PageType("Merkliste leer", "/formate/merkliste/"),
    PageType("Merkliste", "/formate/merkliste/", remembered=FOUR),
    PageType("Merkliste im Konto", "/formate/merkliste/", who="anna", remembered=FOUR),
    PageType("Methoden", "/methoden/"),
    PageType("Methoden als Tabelle", "/methoden/tabelle/"),
    PageType("Methode", "/methoden/stadtrundgang/"),
    PageType("Wegweiser", "/wegweiser/"),
    PageType("Wegweiser: erste Frage", "/wegweiser/welches-format/"),
    PageType("Wegweiser: Frage", "/wegweiser/welches-format/?zweck=rat&publikum=spitze&zusammen=ja"),
    PageType("Wegweiser: Ergebnis", f"/wegweiser/welches-format/?{FINDER}"),
    PageType("Wegweiser: Anlaufstellen", "/wegweiser/foerdermittel/?stand=idee&thema=dorf&region=ja"),
    PageType("Wegweiser: alte Adresse", "/wegweiser/welches-format/?zweck=nie&wetter=gut&fassung=99"),
    PageType("Wegweiser: Passt nicht", f"/wegweiser/welches-format/passt-nicht/?{FINDER}"),
    PageType(
        "Wegweiser: Passt nicht mit Fehlern",
        f"/wegweiser/welches-format/passt-nicht/?{FINDER}",
        status=422,
        sends={"text": "", "reply_to": "anna@"},
    ),
    PageType("Themen", "/themen/"),
    PageType("Thema", "/themen/digitalisierung/"),
    PageType("Suche", "/suche/"),
    PageType("Suche mit Treffern", "/suche/?q=Sprechstunde"),
    PageType("Suche in einer Art", "/suche/?q=Sprechstunde&art=formate"),
    PageType("Suche ohne Treffer", "/suche/?q=Kaffeefahrt"),
    PageType("Daten", "/formate/daten/"),
    PageType("Anmelden", "/konto/anmelden/"),
    PageType("Anmelden mit Fehler", "/konto/anmelden/", sends={"login": ANNA, "password": "falsch"}),
    PageType("Code anfordern", "/konto/anmelden/code/"),
    PageType("Code eingeben", "/konto/anmelden/code/", sends={"email": ANNA}),
    PageType("Konto anlegen", "/konto/registrieren/"),
    PageType("Konto anlegen mit Fehlern", "/konto/registrieren/", sends={"email": "anna@", "password1": "1"}),
    PageType(
        "Adresse bestätigen",
        "/konto/registrieren/",
        sends={"email": "neu@auenlinden.example", "password1": "ein-langes-beispiel"},
    ),
    PageType("Passwort vergessen", "/konto/passwort/vergessen/"),
    PageType("Code für ein neues Passwort", "/konto/passwort/vergessen/", sends={"email": ANNA}),
    PageType("E-Mail-Adresse ändern", "/konto/e-mail/", who="anna"),
    PageType("Passwort ändern", "/konto/passwort/aendern/", who="anna"),
    PageType("Abmelden", "/konto/abmelden/", who="anna"),
    PageType("Konto gesperrt", "/konto/gesperrt/"),
    PageType("Entwicklungspost", "/entwicklung/post/"),
    PageType("Eine Mail der Entwicklungspost", "/entwicklung/post/brief-1/"),
    PageType("Fehler 400", "/formate/?zweck=tanzen", status=400),
    PageType("Fehler 403", "/fehler/403/", status=403),
    PageType("Fehler 403, Formular zu alt", "/fehler/403-formular/", status=403),
    PageType("Fehler 404", "/gibt-es-nicht/", status=404),
    PageType("Fehler 405", "/formate/webinar/vergessen/", status=405),
    PageType("Fehler 410", "/formate/zurueckgezogen/", status=410),
    PageType("Fehler 413", "/fehler/413/", status=413),
    PageType("Fehler 429", "/fehler/429/", status=429),
    PageType("Fehler 500", "/fehler/500/", status=500),
    PageType("Fehler 503", "/fehler/503/", status=503),
]
