"""The editors' desk for people. Its log-in and its change of password are those of the house."""

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from foundation.people.forms import NewPersonForm, PersonForm
from foundation.people.models import User
from foundation.people.roles import Role


def password_change(request, extra_context=None):
    """The desk's link „Passwort ändern“ leads to the page that everybody has."""
    return redirect("account_change_password")


admin.site.login = secure_admin_login(admin.site.login)
admin.site.password_change = password_change


@admin.register(User)
class PersonAdmin(admin.ModelAdmin):
    """People, their roles, and locking instead of deleting.

    Who is not a superuser gives the four roles to others, but never to themselves, touches no
    superuser and changes no address: with the address one could log in as that person. Passwords
    are set by nobody else; who has forgotten theirs gets a code.
    """

    form = PersonForm
    fieldsets = (
        (None, {"fields": ("email", "name", "is_active")}),
        ("Rechte", {"fields": ("is_staff", "groups", "is_superuser")}),
        ("Daten", {"fields": ("date_joined", "last_login", "is_demo")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "password")}),)
    readonly_fields = ("date_joined", "last_login", "is_demo")
    actions = None
    list_display = ("email", "name", "roles", "is_staff", "is_active", "last_login")
    list_filter = ("groups", "is_staff", "is_active", "is_superuser")
    search_fields = ("email", "name")
    ordering = ("email",)

    @admin.display(description="Rollen")
    def roles(self, person):
        return ", ".join(sorted(group.name for group in person.groups.all()))

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets if obj else self.add_fieldsets

    def get_form(self, request, obj=None, **kwargs):
        if obj is None:
            kwargs["form"] = NewPersonForm
        return super().get_form(request, obj, **kwargs)

    def get_readonly_fields(self, request, obj=None):
        fields = list(super().get_readonly_fields(request, obj))
        if request.user.is_superuser or obj is None:
            return fields
        fields += ["email", "is_superuser"]
        if obj == request.user:
            fields += ["is_active", "is_staff", "groups"]
        return fields

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups" and not request.user.is_superuser:
            kwargs["queryset"] = db_field.remote_field.model.objects.filter(name__in=Role.values)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        protected = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not protected and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser and super().has_delete_permission(request, obj)

    def lookup_allowed(self, lookup, value, request):
        # Otherwise a filter in the address could find out a password's hash letter by letter.
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)

    @method_decorator(sensitive_post_parameters("password"))
    def add_view(self, request, form_url="", extra_context=None):
        return super().add_view(request, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            # allauth keeps addresses of its own: the old one must not open the account any longer.
            obj.emailaddress_set.all().delete()
            EmailAddress.objects.create(user=obj, email=obj.email, primary=True)
