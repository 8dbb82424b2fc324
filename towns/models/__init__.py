"""The nouns of the room: the register, what towns say of themselves, actors and seats."""

from towns.models.actor import Actor, ActorInvitation, ActorQuerySet, Affiliation
from towns.models.association import Association, AssociationQuerySet
from towns.models.contact import ContactMessage, MailDomain
from towns.models.district import District, DistrictQuerySet
from towns.models.figures import Figures
from towns.models.land import Land
from towns.models.network import in_network, is_mayor, mayors, network_people
from towns.models.parts import Offer, Project, TownLink, TownPicture
from towns.models.register_import import RegisterImport
from towns.models.revision import TownRevision
from towns.models.seat import Seat, SeatQuerySet
from towns.models.succession import Succession
from towns.models.town import Town, TownQuerySet
from towns.models.vocabulary import (
    LAENDER,
    NO_MUNICIPALITY,
    SMALL_TOWN_CLASSES,
    ActorForm,
    ActorKind,
    AssociationKind,
    Direction,
    DistrictKind,
    Location,
    Regiostar,
    SeatRole,
    SizeClass,
    TownKind,
    Visibility,
)

__all__ = [
    "LAENDER",
    "NO_MUNICIPALITY",
    "SMALL_TOWN_CLASSES",
    "Actor",
    "ActorForm",
    "ActorInvitation",
    "ActorKind",
    "ActorQuerySet",
    "Affiliation",
    "Association",
    "AssociationKind",
    "AssociationQuerySet",
    "ContactMessage",
    "Direction",
    "District",
    "DistrictKind",
    "DistrictQuerySet",
    "Figures",
    "Land",
    "Location",
    "MailDomain",
    "Offer",
    "Project",
    "RegisterImport",
    "Regiostar",
    "Seat",
    "SeatQuerySet",
    "SeatRole",
    "SizeClass",
    "Succession",
    "Town",
    "TownKind",
    "TownLink",
    "TownPicture",
    "TownQuerySet",
    "TownRevision",
    "Visibility",
    "in_network",
    "is_mayor",
    "mayors",
    "network_people",
]
