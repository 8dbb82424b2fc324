"""People log in by e-mail address."""

import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models

import foundation.people.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        error_messages={"unique": "Zu dieser E-Mail-Adresse gibt es schon ein Konto."},
                        max_length=254,
                        unique=True,
                        verbose_name="E-Mail-Adresse",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="Name")),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Ausschalten statt löschen: Das Konto ist dann gesperrt.",
                        verbose_name="aktiv",
                    ),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Darf den Redaktionsbereich betreten.",
                        verbose_name="Geschäftsstelle",
                    ),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="Beispielperson"),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="dabei seit"
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "Person",
                "verbose_name_plural": "Personen",
                "ordering": ["email"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        name="people_user_email_once",
                        violation_error_message="Zu dieser E-Mail-Adresse gibt es schon ein Konto.",
                    )
                ],
            },
            managers=[
                ("objects", foundation.people.models.UserManager()),
            ],
        ),
    ]
