"""The nouns of the room: Format with its parts, Revision, Bookmark, Tree, and what readers report."""

from formats.models.bookmark import Bookmark
from formats.models.feedback import Correction, Vote
from formats.models.format import Format, FormatQuerySet
from formats.models.parts import Material, Relation, Source, Step, Trial, Variant
from formats.models.revision import Revision
from formats.models.tree import Tree, TreeCount, TreeNote, TreeRevision
from formats.models.vocabulary import (
    Cost,
    DurationUnit,
    Effort,
    Kind,
    MaterialKind,
    Mode,
    Provenance,
    Purpose,
    Timing,
)

__all__ = [
    "Bookmark",
    "Correction",
    "Cost",
    "DurationUnit",
    "Effort",
    "Format",
    "FormatQuerySet",
    "Kind",
    "Material",
    "MaterialKind",
    "Mode",
    "Provenance",
    "Purpose",
    "Relation",
    "Revision",
    "Source",
    "Step",
    "Timing",
    "Tree",
    "TreeCount",
    "TreeNote",
    "TreeRevision",
    "Trial",
    "Variant",
    "Vote",
]
