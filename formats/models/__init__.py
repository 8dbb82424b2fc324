"""The nouns of the room: Format with its parts, Revision, Bookmark, and what readers report."""

from formats.models.bookmark import Bookmark
from formats.models.desk import CoauthorLink, OpenForm, Remark
from formats.models.feedback import Correction, Vote
from formats.models.format import Format, FormatQuerySet
from formats.models.parts import Material, Relation, Source, Step, Trial, Variant
from formats.models.release import Release
from formats.models.revision import Revision, RevisionFile
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
    "CoauthorLink",
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
    "OpenForm",
    "Provenance",
    "Purpose",
    "Relation",
    "Release",
    "Remark",
    "Revision",
    "RevisionFile",
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
