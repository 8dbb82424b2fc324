"""Verbs of the room, by what they are about: drafting, releasing, loading, and what readers do."""

from formats.actions.drafting import (
    copy_format,
    delete_format,
    discard_draft,
    restore,
    save_draft,
    save_sheet,
)
from formats.actions.loading import LoadResult, load_snapshots
from formats.actions.reading import (
    make_coauthor_link,
    record_vote,
    remark_on,
    remember,
    report_correction,
    settle_corrections,
    settle_remarks,
)
from formats.actions.releasing import (
    NUMBER_TAKEN,
    approve,
    ask_release,
    cancel_release,
    publish,
    publish_due,
    send_back,
    withdraw,
)

__all__ = [
    "NUMBER_TAKEN",
    "LoadResult",
    "approve",
    "ask_release",
    "cancel_release",
    "copy_format",
    "delete_format",
    "discard_draft",
    "load_snapshots",
    "make_coauthor_link",
    "publish",
    "publish_due",
    "record_vote",
    "remark_on",
    "remember",
    "report_correction",
    "restore",
    "save_draft",
    "save_sheet",
    "send_back",
    "settle_corrections",
    "settle_remarks",
    "withdraw",
]
