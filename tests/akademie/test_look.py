"""The look: readable colours, whole drawings, forms that hang together, errors without a database."""

import re
from itertools import product
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string

CSS = settings.BASE_DIR / "static" / "css"
TEMPLATES = settings.BASE_DIR / "templates"

GROUNDS = ["paper", "band", "field"]
WASHES = ["petrol-wash", "danger-wash", "success-wash", "warning-wash"]
# (text or line, ground, least contrast): running text 7, other text 4.5, borders and drawings 3.
PAIRS = [
    *((text, ground, 7) for text, ground in product(["ink", "soft"], [*GROUNDS, *WASHES])),
    *((text, ground, 7) for text, ground in product(["petrol"], ["paper", "band", "field"])),
    *(("petrol-strong", ground, 7) for ground in [*GROUNDS, *WASHES]),
    ("petrol", "petrol-wash", 7),
    ("on-petrol", "petrol", 7),
    ("on-petrol", "petrol-strong", 7),
    *(("brick", ground, 4.5) for ground in GROUNDS),
    *(
        (kind, ground, 4.5)
        for kind in ["danger", "success", "warning"]
        for ground in ["paper", "band", f"{kind}-wash"]
    ),
    *(("petrol", f"{kind}-wash", 4.5) for kind in ["danger", "success", "warning"]),
    *(("line-strong", ground, 3) for ground in GROUNDS),
    ("focus", "focus-gap", 7),
]


def _tokens(css: str) -> dict[str, str]:
    return dict(re.findall(r"--color-([\w-]+):\s*(#[0-9a-f]{6});", css))


def _schemes() -> dict[str, dict[str, str]]:
    light, dark = (CSS / "tokens.css").read_text().split("@media screen and (prefers-color-scheme: dark)")
    return {"light": _tokens(light), "dark": _tokens(dark)}


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_says():
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_every_pair_of_colours_is_readable(scheme, text, ground, least):
    colours = _schemes()[scheme]
    assert _contrast(colours[text], colours[ground]) >= least


def test_dark_renews_every_colour():
    schemes = _schemes()
    assert schemes["light"].keys() == schemes["dark"].keys()


def _own_stylesheets() -> list[Path]:
    return sorted(CSS.rglob("*.css"))


def test_colours_stand_in_the_tokens_only():
    found = {
        path.name: re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", path.read_text())
        for path in _own_stylesheets()
        if path.name != "tokens.css"
    }
    assert {name: colours for name, colours in found.items() if colours} == {}


def test_every_property_that_is_used_is_set_somewhere():
    css = "\n".join(path.read_text() for path in _own_stylesheets())
    used = set(re.findall(r"var\((--[\w-]+)", css))
    assert used
    assert used - set(re.findall(r"(--[\w-]+)\s*:", css)) == set()


def test_every_token_is_used():
    css = "\n".join(path.read_text() for path in _own_stylesheets())
    ours = set(re.findall(r"^\s+(--(?!kern-)[\w-]+):", css, re.MULTILINE))
    assert ours
    assert ours - set(re.findall(r"var\((--[\w-]+)", css)) == set()


def test_the_main_stylesheet_imports_every_file_once_into_its_layer():
    main = (CSS / "main.css").read_text()
    imported = re.findall(r'@import url\("([^"]+)"\) layer\((\w+)\);', main)
    own = {str(path.relative_to(CSS)) for path in _own_stylesheets()} - {"main.css"}
    assert sorted(name for name, _ in imported) == sorted({"../kern/kern.min.css", *own})
    assert {layer for name, layer in imported if name.startswith("components/")} == {"components"}
    assert "@layer kern, tokens, base, layout, components, print;" in main


def test_every_drawing_that_a_template_names_is_in_the_sprite():
    drawn = re.findall(r'<symbol id="([\w-]+)"', (settings.BASE_DIR / "static/img/icons.svg").read_text())
    text = "\n".join(path.read_text() for path in TEMPLATES.rglob("*.html"))
    named = set(re.findall(r'{% icon "([\w-]+)"', text)) | set(re.findall(r"icons }}#([\w-]+)\"", text))
    named |= {"giebel-1", "giebel-2", "giebel-3", "modus", "gruppe", "dauer", "aufwand", "kosten"}
    named |= {"lernen", "austauschen", "beraten", "vernetzen", "entwickeln", "anregen"}
    assert len(drawn) == len(set(drawn))
    assert named - set(drawn) == set()


def test_templates_carry_no_style_and_no_script_of_their_own():
    own_words = re.compile(r'\sstyle="|<style|<script(?![^>]*\ssrc=)|\son[a-z]+="')
    pages = [path for path in TEMPLATES.rglob("*.html") if "mail" not in str(path.relative_to(TEMPLATES))]
    assert TEMPLATES / "base.html" in pages
    assert [str(path) for path in pages if own_words.search(path.read_text())] == []


ERRORS = {
    "400": "konnten wir nicht lesen",
    "403": "nicht für Sie freigegeben",
    "403_csrf": "zu lange offen",
    "404": "gibt es keine Seite",
    "405": "auf diesem Weg nicht aufrufen",
    "410": "zurückgezogen",
    "413": "zu groß",
    "429": "zu viele Versuche",
    "500": "Bei uns ist ein Fehler aufgetreten",
    "503": "nicht erreichbar",
}


@pytest.mark.parametrize(("page", "sentence"), ERRORS.items())
def test_error_pages_need_neither_request_nor_database(page, sentence):
    html = render_to_string(f"errors/{page}.html")
    assert html.count("<h1>") == 1
    assert sentence in html.split("<h1>")[1].split("</h1>")[0]
    assert re.search(r'<p class="lead">\w.{30,}</p>', html)
    assert '<a href="' in html.split('class="error-page__next"')[1].split("</ul>")[0]
    assert "Anmelden" in html


def test_every_error_page_is_looked_at_here():
    pages = {path.stem for path in (TEMPLATES / "errors").glob("*.html")}
    assert pages - {"error"} == ERRORS.keys()


class EveryKindForm(forms.Form):
    name = forms.CharField(label="Name der Stadt", help_text="So, wie sie amtlich heißt.")
    password = forms.CharField(label="Passwort", widget=forms.PasswordInput)
    text = forms.CharField(label="Frage", widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(label="Art", choices=[("a", "Gesuch"), ("b", "Angebot")])
    mode = forms.ChoiceField(
        label="Modus", choices=[("d", "digital"), ("h", "hybrid")], widget=forms.RadioSelect
    )
    topics = forms.MultipleChoiceField(
        label="Themen",
        choices=[("1", "Innenstadt"), ("2", "Leerstand")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Mindestens eines.",
    )
    paper = forms.FileField(label="Unterlage", required=False)
    consent = forms.BooleanField(label="Ich bin einverstanden.")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def _render(form) -> str:
    return Template('{% include "components/form.html" %}').render(Context({"form": form}))


@pytest.mark.parametrize("data", [None, {}])
def test_labels_hints_and_errors_belong_to_their_fields(data):
    html = _render(EveryKindForm(data))
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    pointed = re.findall(r'\sfor="([^"]+)"', html) + re.findall(r'href="#([^"]+)"', html)
    pointed += " ".join(re.findall(r'aria-(?:describedby|labelledby)="([^"]+)"', html)).split()
    assert len(pointed) >= 10
    assert set(pointed) <= set(ids)


@pytest.mark.parametrize(
    ("name", "css_class"),
    [
        ("name", "kern-form-input__input"),
        ("password", "kern-form-input__input"),
        ("text", "kern-form-input__input"),
        ("kind", "kern-form-input__select"),
        ("mode", "kern-form-check__radio"),
        ("topics", "kern-form-check__checkbox"),
        ("paper", "kern-form-input__input"),
        ("consent", "kern-form-check__checkbox"),
    ],
)
def test_every_kind_of_field_wears_kern(name, css_class):
    form = EveryKindForm()
    html = Template('{% include "components/form_field.html" %}').render(Context({"field": form[name]}))
    assert f'class="{css_class}"' in html


def test_the_error_summary_takes_the_focus_and_leads_to_each_field():
    html = _render(EveryKindForm({"kind": "a"}))
    summary = html.split('<div class="form-fields">')[0]
    assert "autofocus" in summary
    leads = re.findall(r'href="#([\w-]+)"', summary)
    assert leads == ["id_name", "id_password", "id_mode_0", "id_topics_0", "id_consent"]


def test_a_form_without_errors_has_no_summary():
    assert "Bitte prüfen" not in _render(EveryKindForm())


def test_only_fields_that_may_stay_empty_say_so():
    html = _render(EveryKindForm())
    labels = re.findall(r"<(?:label|legend)[^>]*>([^<]+)<span class=\"kern-label__optional\">", html)
    assert [label.strip() for label in labels] == ["Frage", "Unterlage"]


def test_what_people_type_is_escaped():
    html = _render(EveryKindForm({"name": "<script>alert(1)</script>"}))
    assert "&lt;script&gt;" in html
    assert "<script>" not in html
