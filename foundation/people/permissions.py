"""Who holds which role. Rights on rows are Django permissions given to the role groups."""

from foundation.people.roles import Role


def has_role(user, role: Role) -> bool:
    """Whether this active person is in the role group, or a superuser. One query per person."""
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    if not hasattr(user, "_role_names"):
        user._role_names = set(user.groups.values_list("name", flat=True))
    return role in user._role_names


def is_staff_member(user) -> bool:
    """Whether this person works for the Geschäftsstelle, in whatever role."""
    return user.is_authenticated and user.is_active and user.is_staff
