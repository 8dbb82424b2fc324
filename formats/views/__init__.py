"""One function per address, by noun: catalogue, sheet, bookmarks, feedback, co-authors, guide."""

from formats.views.bookmarks import bookmark_add, bookmark_list, bookmark_remove
from formats.views.catalogue import (
    format_compare,
    format_csv,
    format_data,
    format_json,
    format_list,
    format_table,
)
from formats.views.coauthors import draft_detail, draft_file
from formats.views.feedback import sheet_feedback
from formats.views.guide import guide_list, guide_note, guide_pdf, guide_step
from formats.views.sheet import format_detail, selection_pdf, sheet_json, sheet_pdf, sheet_print

__all__ = [
    "bookmark_add",
    "bookmark_list",
    "bookmark_remove",
    "draft_detail",
    "draft_file",
    "format_compare",
    "format_csv",
    "format_data",
    "format_detail",
    "format_json",
    "format_list",
    "format_table",
    "guide_list",
    "guide_note",
    "guide_pdf",
    "guide_step",
    "selection_pdf",
    "sheet_feedback",
    "sheet_json",
    "sheet_pdf",
    "sheet_print",
]
