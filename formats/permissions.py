"""Who may act on Steckbriefe. Who may read them is decided by `visible_to`."""

from django.conf import settings


def can_edit(user) -> bool:
    """Editors work in the admin; the right comes with the role group Redaktion."""
    return user.is_authenticated and user.is_staff and user.has_perm("formats.change_format")


def can_release(user, revision) -> bool:
    """Whoever may release, and did not write on it since the last publication (four eyes, one setting)."""
    if not (user.is_authenticated and user.is_staff and user.has_perm("formats.release_format")):
        return False
    return not settings.FOUR_EYES or user.pk not in revision.writers()
