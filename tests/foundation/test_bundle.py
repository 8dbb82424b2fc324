"""One stylesheet out of many, and the few files that come from npm."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage

from foundation.kit.bundle import AppFinder, BundledStorage, PackageFinder, join_imports


def _join(files: dict[str, str]):
    return join_imports("css/main.css", files.__getitem__)


def test_imports_are_put_in_place_each_in_its_layer():
    css, parts = _join(
        {
            "css/main.css": "@layer a, b;\n"
            '@import url("a.css") layer(a);\n@import url("parts/b.css") layer(b);\n',
            "css/a.css": "p { margin: 0; }\n",
            "css/parts/b.css": "a { color: red; }\n",
        }
    )
    assert css == "@layer a, b;\n@layer a {\np { margin: 0; }\n}\n@layer b {\na { color: red; }\n}\n"
    assert parts == ["css/a.css", "css/parts/b.css"]


def test_imports_of_imports_are_followed():
    css, parts = _join(
        {
            "css/main.css": '@import url("a.css") layer(a);',
            "css/a.css": '@import url("b.css");',
            "css/b.css": "i { top: 0; }",
        }
    )
    assert css == "@layer a {\ni { top: 0; }\n}"
    assert parts == ["css/a.css", "css/b.css"]


@pytest.mark.parametrize(
    ("written", "joined"),
    [
        ('url("../../fira/f.woff2")', 'url("../fira/f.woff2")'),
        ("url(x.svg)", 'url("parts/x.svg")'),
        ("url( 'x.svg' )", 'url("parts/x.svg")'),
        ('url("../../img/icons.svg#a")', 'url("../img/icons.svg#a")'),
        ("url(\"data:image/svg+xml,%3Csvg fill='url(%23a)'%3E\")",) * 2,
        ("url(#a)",) * 2,
        ("url(/static/x.svg)",) * 2,
        ("url(https://kern-ux.de/x.svg)",) * 2,
    ],
)
def test_relative_addresses_follow_their_rule_to_its_new_place(written, joined):
    css, _ = _join(
        {
            "css/main.css": '@import url("parts/b.css") layer(b);',
            "css/parts/b.css": f"a {{ mask: {written}; }}",
        }
    )
    assert css == f"@layer b {{\na {{ mask: {joined}; }}\n}}"


def test_a_character_set_in_the_middle_is_dropped():
    css, _ = _join({"css/main.css": '@import url("a.css");', "css/a.css": '@charset "UTF-8";b { top: 0; }'})
    assert css == "b { top: 0; }"


def test_a_missing_import_is_named():
    with pytest.raises(ImproperlyConfigured, match=r"css/main.css braucht css/fehlt.css"):
        _join({"css/main.css": '@import url("fehlt.css") layer(a);'})


def test_an_import_in_another_form_is_refused():
    with pytest.raises(ImproperlyConfigured, match="einer blieb übrig"):
        _join({"css/main.css": '@import "a.css" screen;'})


@pytest.fixture
def source(tmp_path):
    """A small tree of static files: a stylesheet of two parts, a typeface and a drawing."""
    files = {
        "css/main.css": '@layer base;\n@import url("base.css") layer(base);\n',
        "css/base.css": '@font-face { src: url("../fira/f.woff2"); }\n' + "p { margin: 0; }\n" * 50,
        "fira/f.woff2": "not really a typeface",
        "img/icons.svg": "<svg/>",
    }
    for name, text in files.items():
        path = tmp_path / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return FileSystemStorage(location=tmp_path / "source"), list(files)


def _collect(source, target: Path) -> BundledStorage:
    storage, names = source
    built = BundledStorage(location=target)
    for name in names:
        with storage.open(name) as file:
            built.delete(name)
            built.save(name, file)
    problems = [
        processed
        for _, _, processed in built.post_process({name: (storage, name) for name in names})
        if isinstance(processed, Exception)
    ]
    assert problems == []
    return built


@pytest.fixture
def in_production(settings):
    settings.DEBUG = False
    settings.WHITENOISE_KEEP_ONLY_HASHED_FILES = True


@pytest.mark.usefixtures("in_production")
def test_production_has_one_stylesheet_that_names_the_hashed_typeface(source, tmp_path):
    built = _collect(source, tmp_path / "static")
    styles = list((tmp_path / "static").rglob("*.css"))
    assert [re.sub(r"\.[0-9a-f]{12}\.", ".", path.name) for path in styles] == ["main.css"]
    assert f"/static/css/{styles[0].name}" == built.url("css/main.css")
    css = styles[0].read_text()
    assert "@import" not in css
    assert f'url("../fira/{Path(built.url("fira/f.woff2")).name}")' in css
    assert Path(f"{styles[0]}.br").exists()
    assert Path(f"{styles[0]}.gz").exists()


@pytest.mark.usefixtures("in_production")
def test_collecting_twice_gives_the_same_names(source, tmp_path):
    first = _collect(source, tmp_path / "static").url("css/main.css")
    assert _collect(source, tmp_path / "static").url("css/main.css") == first


@pytest.mark.usefixtures("in_production")
def test_a_change_in_an_imported_file_gives_the_stylesheet_a_new_name(source, tmp_path):
    first = _collect(source, tmp_path / "static").url("css/main.css")
    (tmp_path / "source/css/base.css").write_text("p { margin: 1px; }")
    assert _collect(source, tmp_path / "static").url("css/main.css") != first


@pytest.fixture
def packages(settings, tmp_path):
    (tmp_path / "kern.css").write_text("p {}")
    (tmp_path / "unused.css").write_text("p {}")
    settings.STATIC_PACKAGES = {"kern/kern.css": tmp_path / "kern.css"}
    return tmp_path


def test_only_the_named_files_of_a_package_are_found(packages):
    finder = PackageFinder()
    assert finder.find("kern/kern.css") == str(packages / "kern.css")
    assert finder.find("kern/kern.css", find_all=True) == [str(packages / "kern.css")]
    assert finder.find("kern/unused.css") == []
    assert [(name, storage.prefix) for name, storage in finder.list([])] == [("kern.css", "kern")]
    assert finder.check() == []


def test_a_missing_package_is_an_error_with_a_sentence(packages, settings):
    (packages / "kern.css").unlink()
    finder = PackageFinder()
    assert finder.check() == []  # production has collected what it serves
    settings.DEBUG = True
    assert [(error.is_serious(), error.hint) for error in finder.check()] == [
        (True, "Bitte „npm ci“ im Projektordner ausführen.")
    ]
    with pytest.raises(ImproperlyConfigured, match=r"kern.css aus node_modules fehlt.*npm ci"):
        list(finder.list([]))


def test_copies_for_development_are_not_collected():
    names = {name for name, _ in AppFinder().list([])}
    assert "django_htmx/htmx-2.min.js" in names
    assert "admin/js/vendor/jquery/jquery.min.js" in names
    assert names.isdisjoint(
        {"django_htmx/htmx-2.js", "django_htmx/htmx-4.js", "admin/js/vendor/jquery/jquery.js"}
    )


def _found(name: str) -> bytes:
    path = finders.find(name)
    assert path, f"{name} is not there: run npm ci"
    return Path(path).read_bytes()


def test_all_files_of_a_first_visit_leave_room_for_the_page_itself():
    css, _ = join_imports("css/main.css", lambda name: _found(name).decode())
    texts = ["img/icons.svg", "img/icon.svg", "js/merkliste.js", "django_htmx/htmx-2.min.js"]
    typefaces = [f"fira/fira-sans-latin-{weight}-normal.woff2" for weight in (400, 600)]
    weight = sum(len(gzip.compress(text)) for text in [css.encode(), *map(_found, texts)])
    weight += sum(len(_found(name)) for name in typefaces)
    assert weight <= 130_000
