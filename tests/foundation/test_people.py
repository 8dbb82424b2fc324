"""People: one address, one account; and the editors' desk, where nobody raises themselves."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, transaction

from foundation.people.models import User
from foundation.people.permissions import has_role, is_staff_member
from foundation.people.roles import Role
from tests.builders import PASSWORD, make_user

# The person.


def test_an_address_is_kept_in_lower_case_and_exists_once(db):
    anna = make_user(" Anna@Auenlinden.Example ")
    assert anna.email == "anna@auenlinden.example"
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="ANNA@auenlinden.example")
    assert User.objects.get_by_natural_key("ANNA@AUENLINDEN.example") == anna


def test_a_person_needs_an_address(db):
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("")


def test_a_person_is_called_by_name_or_else_by_address(db):
    assert str(make_user("anna@auenlinden.example", name="Anna Ahrens")) == "Anna Ahrens"
    assert str(make_user("bernd@auenlinden.example")) == "bernd@auenlinden.example"


@pytest.mark.parametrize(
    ("role", "holders"),
    [
        (Role.EDITOR, "moni root"),
        (Role.MODERATOR, "mara root"),
        (Role.GUIDE, "lou root"),
        (Role.ADMINISTRATOR, "ada root"),
    ],
)
def test_who_holds_a_role(role, holders, cast):
    assert {name for name, person in cast.items() if has_role(person, role)} == set(holders.split())


def test_who_works_for_the_geschaeftsstelle(cast):
    staff = {name for name, person in cast.items() if is_staff_member(person)}
    assert staff == {"moni", "mara", "lou", "ada", "root"}


def test_a_locked_person_holds_no_role(moni):
    assert has_role(moni, Role.EDITOR)
    moni.is_active = False
    assert not has_role(moni, Role.EDITOR)
    assert not is_staff_member(moni)
    moni.save()
    assert list(User.objects.with_role(Role.EDITOR)) == []


def test_alarms_go_to_the_administration_and_superusers_once_each(cast):
    cast["root"].groups.add(Group.objects.get(name=Role.ADMINISTRATOR))
    assert set(User.objects.administrators()) == {cast["ada"], cast["root"]}
    assert User.objects.administrators().count() == 2


# The log-in of the editors' desk is the one of the house.


def test_the_desk_sends_to_the_log_in_of_the_house(client, db):
    response = client.get("/redaktion/people/user/", follow=True)
    assert response.redirect_chain[-1] == ("/konto/anmelden/?next=%2Fredaktion%2Fpeople%2Fuser%2F", 302)


def test_the_desk_has_no_log_in_of_its_own(client, cast):
    response = client.post("/redaktion/login/", {"username": cast["root"].email, "password": PASSWORD})
    assert response.url == "/konto/anmelden/?next=%2Fredaktion%2Flogin%2F"
    assert "_auth_user_id" not in client.session


def test_the_desk_is_closed_for_people_of_other_houses(client, anna):
    client.force_login(anna)
    assert client.get("/redaktion/", follow=True).status_code == 403


def test_the_desk_has_no_change_of_password_of_its_own(client, moni):
    client.force_login(moni)
    assert client.get("/redaktion/password_change/").url == "/konto/passwort/aendern/"


# The desk itself.

NEW = {"email": "Neu@Akademie.example", "name": "Nele Neu", "password": ""}


@pytest.fixture
def ada(cast):
    """Administration, with the rights on people that this role needs."""
    rights = Permission.objects.filter(content_type__app_label="people", content_type__model="user")
    cast["ada"].user_permissions.set(rights)
    return cast["ada"]


@pytest.fixture
def desk(client, ada):
    client.force_login(ada)
    return client


@pytest.fixture
def root_desk(client, cast):
    client.force_login(cast["root"])
    return client


def address_of(person):
    return f"/redaktion/people/user/{person.pk}/change/"


def test_the_list_finds_people_by_address_name_and_role(desk):
    page = desk.get("/redaktion/people/user/", {"q": "Mertens"}).content.decode()
    assert "moni@akademie.example" in page
    assert "lou@akademie.example" not in page
    group = Group.objects.get(name=Role.GUIDE)
    page = desk.get("/redaktion/people/user/", {"groups__id__exact": group.pk}).content.decode()
    assert "lou@akademie.example" in page
    assert "moni@akademie.example" not in page


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_asks_the_same_number_of_questions_for_one_and_many(people, desk, django_assert_num_queries):
    for number in range(people):
        make_user(f"person{number}@akademie.example", role=Role.GUIDE)
    with django_assert_num_queries(9):
        assert desk.get("/redaktion/people/user/").status_code == 200


def test_a_list_cannot_be_filtered_by_password(desk):
    assert desk.get("/redaktion/people/user/", {"password__startswith": "md5"}).status_code == 400


def test_adding_a_person_without_password(desk):
    assert desk.get("/redaktion/people/user/add/").status_code == 200
    assert desk.post("/redaktion/people/user/add/", NEW).status_code == 302
    nele = User.objects.get(email="neu@akademie.example")
    assert (nele.name, nele.has_usable_password(), nele.is_staff) == ("Nele Neu", False, False)
    addresses = nele.emailaddress_set.values_list("email", "primary", "verified")
    assert list(addresses) == [("neu@akademie.example", True, False)]


def test_adding_a_person_with_password(desk):
    desk.post("/redaktion/people/user/add/", NEW | {"password": PASSWORD})
    assert User.objects.get(email="neu@akademie.example").check_password(PASSWORD)


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        ({"password": "kurz"}, "Bitte nehmen Sie mindestens 10 Zeichen."),
        ({"email": "MONI@akademie.example"}, "Zu dieser E-Mail-Adresse gibt es schon ein Konto."),
    ],
)
def test_a_person_that_cannot_be_is_not_added(change, hint, desk):
    before = User.objects.count()
    page = desk.post("/redaktion/people/user/add/", NEW | change).content.decode()
    assert hint in page
    assert User.objects.count() == before


def test_the_administration_gives_roles_to_others(desk, anna):
    assert desk.get(address_of(anna)).status_code == 200
    group = Group.objects.get(name=Role.EDITOR)
    data = {"name": "Anna A.", "is_active": "on", "is_staff": "on", "groups": [group.pk]}
    assert desk.post(address_of(anna), data).status_code == 302
    anna = User.objects.get(pk=anna.pk)
    assert (anna.name, anna.is_staff, has_role(anna, Role.EDITOR)) == ("Anna A.", True, True)


EVERYTHING = {"name": "X", "is_active": "on", "is_staff": "on", "is_superuser": "on", "email": "x@y.example"}


def test_the_administration_cannot_raise_itself(desk, ada):
    group = Group.objects.get(name=Role.EDITOR)
    assert desk.post(address_of(ada), EVERYTHING | {"groups": [group.pk]}).status_code == 302
    ada = User.objects.get(pk=ada.pk)
    assert ada.name == "X"
    assert (ada.is_superuser, ada.email) == (False, "ada@akademie.example")
    assert [group.name for group in ada.groups.all()] == [Role.ADMINISTRATOR]


def test_the_administration_makes_no_superuser_and_takes_no_address(desk, anna):
    assert desk.post(address_of(anna), EVERYTHING).status_code == 302
    anna = User.objects.get(pk=anna.pk)
    assert anna.name == "X"
    assert (anna.is_superuser, anna.email) == (False, "anna@auenlinden.example")


def test_the_administration_gives_only_the_four_roles(desk, anna):
    mighty = Group.objects.create(name="Allmacht")
    data = {"name": "X", "is_active": "on", "groups": [mighty.pk]}
    assert desk.post(address_of(anna), data).status_code == 200
    assert not anna.groups.exists()


def test_the_administration_cannot_touch_a_superuser(desk, cast):
    assert desk.post(address_of(cast["root"]), EVERYTHING).status_code == 403
    cast["root"].refresh_from_db()
    assert cast["root"].name == ""


def test_nobody_sets_the_password_of_others(root_desk, anna):
    page = root_desk.get(address_of(anna)).content.decode()
    assert 'name="password"' not in page
    root_desk.post(address_of(anna), EVERYTHING | {"password": "ein-anderes-passwort"})
    assert User.objects.get(pk=anna.pk).check_password(PASSWORD)


def test_people_are_locked_and_not_deleted(desk, anna):
    assert desk.post(f"/redaktion/people/user/{anna.pk}/delete/", {"post": "yes"}).status_code == 403
    desk.post(address_of(anna), {"name": "Anna Ahrens"})
    anna.refresh_from_db()
    assert not anna.is_active


def test_a_superuser_changes_everything(root_desk, anna):
    group = Group.objects.create(name="Allmacht")
    assert root_desk.post(address_of(anna), EVERYTHING | {"groups": [group.pk]}).status_code == 302
    anna = User.objects.get(pk=anna.pk)
    assert (anna.email, anna.is_superuser, list(anna.groups.all())) == ("x@y.example", True, [group])


def test_after_a_change_of_address_the_old_one_opens_nothing(root_desk, anna):
    anna.emailaddress_set.create(email=anna.email, primary=True, verified=True)
    root_desk.post(address_of(anna), EVERYTHING | {"email": "Anna.Neu@Auenlinden.example"})
    addresses = anna.emailaddress_set.values_list("email", "primary", "verified")
    assert list(addresses) == [("anna.neu@auenlinden.example", True, False)]


def test_a_change_of_name_leaves_the_address_confirmed(root_desk, anna):
    anna.emailaddress_set.create(email=anna.email, primary=True, verified=True)
    root_desk.post(address_of(anna), EVERYTHING | {"email": anna.email})
    assert anna.emailaddress_set.get().verified
