"""Who may act on Steckbriefe. Who may read them is decided by `visible_to`."""


def can_edit(user) -> bool:
    """Editors work in the admin; the right comes with the role group Redaktion."""
    return user.is_authenticated and user.is_staff and user.has_perm("formats.change_format")
