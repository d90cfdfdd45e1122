"""Publish courses, keep drafts, approve lesson hours; every verb flushes and never commits."""

from lms.domain.catalog.actions.bank_desk import (
    BankClosed,
    SavedBank,
    archive_bank,
    hand_bank_over,
    new_bank,
    open_bank,
    release_bank,
    restore_bank,
    save_bank,
)
from lms.domain.catalog.actions.bank_index import index_bank
from lms.domain.catalog.actions.banks import BankAtDesk, BankErrors, store_bank
from lms.domain.catalog.actions.drafts import NewCourse, SlugTaken, discard, new_course, save_draft, take_over
from lms.domain.catalog.actions.hours import approve_hours
from lms.domain.catalog.actions.imports import (
    BankTooLarge,
    drop_import,
    keep_import,
    write_import,
    write_questions,
)
from lms.domain.catalog.actions.indexing import index_questions
from lms.domain.catalog.actions.members import LastOwner, NotOfTheDesk, remove_member, set_member
from lms.domain.catalog.actions.publish import NotApproved, Published, PublishedElsewhere, publish
from lms.domain.catalog.actions.reviews import (
    Decided,
    NoSuchLine,
    OtherText,
    OwnWork,
    archive,
    bring_back,
    decide,
    remark,
    resolve,
    send_for_review,
    take_back,
)
from lms.domain.catalog.actions.writing import (
    ChangedMeanwhile,
    NoDraft,
    SavedFile,
    SharedCopy,
    begin_draft,
    remove_files,
    rename_files,
    save_file,
)

__all__ = [
    "BankAtDesk", "BankClosed", "BankErrors", "SavedBank", "SharedCopy", "archive_bank", "hand_bank_over",
    "index_bank", "new_bank", "open_bank", "release_bank", "restore_bank", "save_bank", "store_bank",
    "BankTooLarge", "drop_import", "index_questions", "keep_import", "write_import", "write_questions",
    "ChangedMeanwhile", "LastOwner", "NewCourse", "NoDraft", "NotOfTheDesk", "Published",
    "PublishedElsewhere", "SavedFile", "SlugTaken", "approve_hours", "begin_draft", "discard", "new_course",
    "publish", "remove_files", "remove_member", "rename_files", "save_draft", "save_file", "set_member",
    "take_over", "Decided", "NoSuchLine", "NotApproved", "OtherText", "OwnWork", "archive", "bring_back",
    "decide", "remark", "resolve", "send_for_review", "take_back",
]  # fmt: skip
