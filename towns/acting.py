"""„Für Stadt X“: which seats a person may act with now, and the one chosen for this session.

For the rooms above. Nothing here is kept beyond the choice itself: whether the seat still speaks is asked
at every request, so an ended one is gone at once, in open sessions too. What is done for a town shows
`Seat.signature`: the person behind it.
"""

from __future__ import annotations

from towns.models import Seat, SeatQuerySet

SESSION_KEY = "handelt_fuer"


def acting_seats(user) -> SeatQuerySet:
    """The current seats of this person, the highest role first; none for strangers."""
    if not user.is_authenticated or not user.is_active:
        return Seat.objects.none()
    return Seat.objects.current().of(user).by_rank().with_list_details()


def acting_seat(request) -> Seat | None:
    """The seat chosen in this session, else the only one or the highest; None without a current seat."""
    seats = list(acting_seats(request.user))
    chosen = request.session.get(SESSION_KEY)
    return next((seat for seat in seats if seat.pk == chosen), seats[0] if seats else None)


def choose_seat(request, seat: Seat) -> None:
    """Act with this seat from now on, in this session."""
    request.session[SESSION_KEY] = seat.pk
