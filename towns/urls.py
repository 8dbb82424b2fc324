"""Addresses of the room: German paths, English names.

Two groups beside each other: pages of towns, and actors with their seats. Addresses with a slug of a
town come last; what stands before them below /staedte/ belongs into `RESERVED_SLUGS`.
"""

from django.urls import path
from django.views.decorators.http import require_safe

from towns.actor_data import ActorFeed
from towns.feeds import TownFeed
from towns.views import actors, contact, directory, editing, likeness, map, profile, seats, town

app_name = "towns"

TOWN_PAGES = [
    path("staedte/", directory.town_list, name="town_list"),
    path("staedte.csv", directory.town_csv, name="town_csv"),
    path("staedte.json", directory.town_json, name="town_json"),
    path("staedte/karte/", map.town_map, name="town_map"),
    path("staedte/daten/", directory.town_data, name="town_data"),
    path("staedte/neues/", require_safe(TownFeed()), name="town_feed"),
]

# --- actors and seats: append here -------------------------------------------------------------
ACTOR_PAGES = [
    path("akteure/", actors.actor_list, name="actor_list"),
    path("akteure.csv", actors.actor_csv, name="actor_csv"),
    path("akteure.json", actors.actor_json, name="actor_json"),
    path("akteure/neues/", require_safe(ActorFeed()), name="actor_feed"),
    path("akteure/<slug:slug>/", actors.actor_detail, name="actor_detail"),
    path("akteure/<slug:slug>/nachricht/", contact.contact_write, name="contact_write"),
    path("konto/nachrichten/", contact.contact_list, name="contact_list"),
    path("konto/nachrichten/<uuid:key>/", contact.contact_answer, name="contact_answer"),
    path("konto/nachrichten/<uuid:key>/abweisen/", contact.contact_refuse, name="contact_refuse"),
    path("konto/profil/", profile.profile_edit, name="profile_edit"),
    path("konto/profil/bild/", profile.profile_portrait, name="profile_portrait"),
    path("konto/profil/personen/", profile.profile_people, name="profile_people"),
    path(
        "konto/profil/zugehoerigkeit/<int:pk>/annehmen/",
        profile.affiliation_accept,
        name="affiliation_accept",
    ),
    path("konto/profil/zugehoerigkeit/<int:pk>/loesen/", profile.affiliation_part, name="affiliation_part"),
    path("einladung/<slug:token>/", profile.invitation_claim, name="invitation_claim"),
    path("konto/sitze/", seats.seat_list, name="seat_list"),
    path("konto/sitze/<int:pk>/bestaetigen/", seats.seat_confirm, name="seat_confirm"),
    path("konto/sitze/<int:pk>/ablehnen/", seats.seat_refuse, name="seat_refuse"),
    path("konto/sitze/<int:pk>/beenden/", seats.seat_end, name="seat_end"),
    path("konto/sitze/<int:pk>/handeln/", seats.seat_act, name="seat_act"),
    path("staedte/sitz/", seats.seat_find, name="seat_find"),
    path("staedte/sitz/verband/<slug:key>/", seats.seat_ask, name="seat_ask"),
    path("staedte/sitz/<slug:slug>/", seats.seat_ask, name="seat_ask"),
]
# --- end of actors and seats -------------------------------------------------------------------

TOWNS_BY_SLUG = [
    path("staedte/<slug:slug>/", town.town_detail, name="town_detail"),
    path("staedte/<slug:slug>/aehnliche/", likeness.town_likeness, name="town_likeness"),
    path("staedte/<slug:slug>/bearbeiten/", editing.town_edit, name="town_edit"),
    path("staedte/<slug:slug>/bearbeiten/<slug:part>/", editing.part_edit, name="part_edit"),
    path("staedte/<slug:slug>/verlauf/", editing.town_history, name="town_history"),
    path("staedte/<slug:slug>/verlauf/<int:number>/", editing.town_revision, name="town_revision"),
    path(
        "staedte/<slug:slug>/verlauf/<int:number>/wiederherstellen/",
        editing.town_restore,
        name="town_restore",
    ),
    path("verbaende/<slug:slug>/", town.association_detail, name="association_detail"),
]

urlpatterns = [*TOWN_PAGES, *ACTOR_PAGES, *TOWNS_BY_SLUG]
