"""The base of what nobody writes at the desk."""


class ReadOnly:
    """Rows that nobody writes by hand; the rights of the role groups decide who looks."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
