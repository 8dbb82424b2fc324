"""German addresses for allauth's account pages, under the names that allauth asks for."""

from allauth.account import views
from django.urls import path
from django.views.decorators.http import require_http_methods

form_page = require_http_methods(["GET", "HEAD", "POST"])

urlpatterns = [
    path("anmelden/", form_page(views.login), name="account_login"),
    path("anmelden/code/", form_page(views.request_login_code), name="account_request_login_code"),
    path("anmelden/code/eingeben/", form_page(views.confirm_login_code), name="account_confirm_login_code"),
    path("abmelden/", form_page(views.logout), name="account_logout"),
    path("registrieren/", form_page(views.signup), name="account_signup"),
    path("gesperrt/", form_page(views.account_inactive), name="account_inactive"),
    path("bestaetigen/", form_page(views.reauthenticate), name="account_reauthenticate"),
    path("e-mail/", form_page(views.email), name="account_email"),
    path(
        "e-mail/bestaetigen/",
        form_page(views.email_verification_sent),
        name="account_email_verification_sent",
    ),
    path("passwort/aendern/", form_page(views.password_change), name="account_change_password"),
    path("passwort/festlegen/", form_page(views.password_set), name="account_set_password"),
    path("passwort/vergessen/", form_page(views.password_reset), name="account_reset_password"),
    path(
        "passwort/vergessen/code/",
        form_page(views.confirm_password_reset_code),
        name="account_confirm_password_reset_code",
    ),
    path(
        "passwort/vergessen/neu/",
        form_page(views.complete_password_reset),
        name="account_complete_password_reset",
    ),
    path(
        "passwort/vergessen/fertig/",
        form_page(views.password_reset_from_key_done),
        name="account_password_reset_completed",
    ),
]
