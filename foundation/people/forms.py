"""What people may type when they log in, and the sentence when it is wrong.

allauth's own forms, in our words; named in the setting `ACCOUNT_FORMS`.
"""

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.fields import EmailField, PasswordField, SetPasswordField
from django import forms
from django.contrib.auth.hashers import make_password

from foundation.people.adapter import code_minutes
from foundation.people.models import User


def email_field(label="E-Mail-Adresse", autocomplete="email") -> EmailField:
    return EmailField(
        label=label,
        max_length=User._meta.get_field("email").max_length,
        widget=forms.EmailInput(attrs={"autocomplete": autocomplete}),
        error_messages={
            "required": "Bitte geben Sie Ihre E-Mail-Adresse ein.",
            "invalid": "Bitte prüfen Sie die E-Mail-Adresse. Sie sollte so aussehen: name@stadt.de",
        },
    )


def _without_placeholder(field):
    # allauth repeats the label inside the field, where it vanishes while typing.
    del field.widget.attrs["placeholder"]
    return field


def known_password_field(label="Passwort") -> PasswordField:
    return _without_placeholder(
        PasswordField(
            label=label,
            autocomplete="current-password",
            error_messages={"required": "Bitte geben Sie Ihr Passwort ein."},
        )
    )


def new_password_field(label="Neues Passwort", field_class=SetPasswordField) -> PasswordField:
    return _without_placeholder(
        field_class(
            label=label,
            autocomplete="new-password",
            help_text="Mindestens 10 Zeichen. Gut ist ein Satz aus mehreren Wörtern.",
            error_messages={"required": "Bitte denken Sie sich ein Passwort aus."},
        )
    )


class CodeForm(forms.Form):
    """The page around it says how long the code is valid."""

    code = forms.CharField(
        label="Code",
        max_length=40,
        help_text="Acht Buchstaben. Bindestrich und Großschreibung sind nicht wichtig.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"}),
        error_messages={"required": "Bitte geben Sie den Code aus der E-Mail ein."},
    )

    @property
    def minutes(self) -> int:
        return code_minutes()


class LoginForm(allauth_forms.LoginForm):
    password = known_password_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = email_field(autocomplete="username")


class SignupForm(allauth_forms.SignupForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"] = email_field()
        self.fields["password1"] = new_password_field("Passwort", PasswordField)

    def try_save(self, request):
        """Hash the password for a known address too: otherwise the time would tell who has an account."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class RequestLoginCodeForm(allauth_forms.RequestLoginCodeForm):
    email = email_field()


class ConfirmLoginCodeForm(CodeForm, allauth_forms.ConfirmLoginCodeForm):
    pass


class ConfirmEmailVerificationCodeForm(CodeForm, allauth_forms.ConfirmEmailVerificationCodeForm):
    pass


class ConfirmPasswordResetCodeForm(CodeForm, allauth_forms.ConfirmPasswordResetCodeForm):
    pass


class ResetPasswordForm(allauth_forms.ResetPasswordForm):
    email = email_field()


class ResetPasswordFromKeyForm(allauth_forms.ResetPasswordKeyForm):
    password1 = new_password_field()
    password2 = None


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    oldpassword = known_password_field("Bisheriges Passwort")
    password1 = new_password_field()
    password2 = None


class SetPasswordForm(allauth_forms.SetPasswordForm):
    password1 = new_password_field()
    password2 = None


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    password = known_password_field()


class AddEmailForm(allauth_forms.AddEmailForm):
    email = email_field("Neue E-Mail-Adresse")


class PersonForm(forms.ModelForm):
    """For the editors' desk; addresses are kept in lower case, as `UserManager` does."""

    class Meta:
        model = User
        fields = ["email", "name", "is_active", "is_staff", "is_superuser", "groups"]
        widgets = {"groups": forms.CheckboxSelectMultiple}
        labels = {"groups": "Rollen", "is_superuser": "darf alles"}
        help_texts = {
            "groups": "Was diese Person in der Geschäftsstelle tut. Jede Rolle bringt ihre Rechte mit.",
            "is_superuser": "Nur für die Technik: alle Rechte, ohne Rolle.",
        }

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class NewPersonForm(PersonForm):
    """A new person; without a password they log in by a code sent to their address."""

    password = forms.CharField(
        label="Passwort",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Am besten leer lassen: Dann meldet sich die Person mit einem Code an, "
        "den sie per E-Mail bekommt, und legt ihr Passwort selbst fest.",
    )

    class Meta(PersonForm.Meta):
        fields = ["email", "name"]

    def _post_clean(self):
        super()._post_clean()
        password = self.cleaned_data.get("password")
        if password:
            try:
                get_adapter().clean_password(password, user=self.instance)
            except forms.ValidationError as error:
                self.add_error("password", error)

    def save(self, commit=True):
        self.instance.set_password(self.cleaned_data["password"] or None)
        return super().save(commit)
