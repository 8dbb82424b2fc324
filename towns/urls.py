"""Addresses of the room: German paths, English names.

Two groups beside each other: pages of towns, and actors with their seats. Addresses with a slug of a
town come last; what stands before them below /staedte/ belongs into `RESERVED_SLUGS`.
"""

app_name = "towns"

TOWN_PAGES = []

# --- actors and seats: append here -------------------------------------------------------------
ACTOR_PAGES = []
# --- end of actors and seats -------------------------------------------------------------------

TOWNS_BY_SLUG = []

urlpatterns = [*TOWN_PAGES, *ACTOR_PAGES, *TOWNS_BY_SLUG]
