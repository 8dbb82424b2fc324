"""User: a person with an e-mail address, and nothing that a town would know."""

from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from foundation.people.roles import Role


class UserQuerySet(models.QuerySet):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def with_role(self, role) -> Self:
        """Active people in this role group; superusers are not counted in."""
        return self.active().filter(groups__name=role)

    def administrators(self) -> Self:
        """Those who hear alarms: the Administration and superusers, each once."""
        from_group = models.Q(groups__name=Role.ADMINISTRATOR)
        return self.active().filter(from_group | models.Q(is_superuser=True)).distinct()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields):
        """Store a person; the address is kept in lower case, the password hashed."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """One person, one account. Nobody shares one: who speaks for a town is a seat."""

    email = models.EmailField(
        "E-Mail-Adresse",
        unique=True,
        error_messages={"unique": "Zu dieser E-Mail-Adresse gibt es schon ein Konto."},
    )
    name = models.CharField("Name", max_length=120, blank=True)
    is_active = models.BooleanField(
        "aktiv", default=True, help_text="Ausschalten statt löschen: Das Konto ist dann gesperrt."
    )
    is_staff = models.BooleanField(
        "Geschäftsstelle", default=False, help_text="Darf den Redaktionsbereich betreten."
    )
    is_demo = models.BooleanField("Beispielperson", default=False, editable=False)
    date_joined = models.DateTimeField("dabei seit", default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = "Person"
        verbose_name_plural = "Personen"
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="people_user_email_once",
                violation_error_message="Zu dieser E-Mail-Adresse gibt es schon ein Konto.",
            ),
        ]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)
