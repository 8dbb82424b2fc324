"""What of this room can be found: the published Steckbriefe, formats and methods apart."""

from collections.abc import Collection, Iterator

from formats.editions import Edition
from formats.models import Format, Kind
from foundation.search.sources import Document, Source


class FormatSource(Source):
    """Published formats, with the words of their published revision."""

    key, label, model_label = "formate", "Formate", "formats.Format"
    kind = Kind.FORMAT

    def readable(self, user):
        return Format.objects.visible_to(user).of_kind(self.kind)

    def keys(self):
        return Format.objects.published().of_kind(self.kind)

    def affected_by(self, row):
        # The kind of a Steckbrief never changes: each save asks one of the two sources only.
        if isinstance(row, Format) and row.kind != self.kind:
            return ()
        return super().affected_by(row)

    def documents(self, keys: Collection[int]) -> Iterator[Document]:
        # Not from the shelf of editions: it is filled by readers, not by whoever saves.
        for format in self.keys().with_revision().filter(pk__in=keys).order_by("pk"):
            yield _document(format.pk, Edition(format.published, format.published_at))


class MethodSource(FormatSource):
    """Published methods."""

    key, label = "methoden", "Methoden"
    kind = Kind.METHOD


def _document(key: int, edition: Edition) -> Document:
    format, sheet = edition.format, edition.sheet
    steps = [part for step in sheet.steps for part in (step.title, step.text)]
    lists = [format.occasions, format.roles, steps, format.tools, format.tips, format.pitfalls]
    lists += [format.checklist, [variant.title for variant in sheet.variants]]
    return Document(
        object_id=key,
        title=edition.title,
        url=edition.url,
        lead=format.summary,
        keywords=(*edition.purposes, *format.target_groups),
        # One statement a line: a snippet never runs from one into the next.
        text="\n".join([format.goal, format.result, *(line for lines in lists for line in lines)]),
        changed_at=edition.published_at,
    )
