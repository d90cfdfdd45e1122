"""Add and edit rules of law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lms.domain.accounts.actions.refusals import Refused, unique
from lms.domain.accounts.rules import squeezed
from lms.domain.audit.actions import record
from lms.domain.regulations.actions.work import settle_all
from lms.domain.regulations.models import Regulation, RegulationName
from lms.domain.regulations.rules import LONGEST, key_of, read_name


@dataclass(frozen=True)
class Entry:
    """What is known of a rule. `short` as cited; `others` are further names, such as "UU ITE"."""

    short: str
    title: str = ""
    in_force_since: date | None = None
    source: str = ""
    note: str = ""
    others: tuple[str, ...] = ()


def add(session: Session, entry: Entry, *, by: int | None, now: datetime) -> Regulation:
    """Add a rule; "Peraturan Pemerintah Nomor 11 Tahun 2017" is kept as "PP 11/2017".

    Raises Refused: "regulation.short" for no name, "regulation.taken" when a rule has one of the names.
    """
    short, kind = _read(entry.short)
    keys = _keys(short, entry.others)
    _free(session, keys, None)
    row = Regulation(
        short=short, kind=kind, created_at=now, title=squeezed(entry.title),
        in_force_since=entry.in_force_since, source=entry.source.strip(), note=entry.note.strip(),
    )  # fmt: skip
    with unique(session, Refused("regulation.taken", "short", name=short)):
        session.add(row)
        session.flush()
        session.add_all(
            RegulationName(key=key, regulation_id=row.id, text=text) for key, text in keys.items()
        )
    record(session, "regulation.added", now=now, actor=by, subject=("regulation", row.id), name=short)
    session.flush()
    return row


def edit(session: Session, row: Regulation, entry: Entry, *, by: int | None, now: datetime) -> bool:
    """Change what is known of a rule; return whether something changed. Raises as `add`."""
    short, kind = _read(entry.short)
    keys = _keys(short, entry.others)
    _free(session, keys, row.id)
    values = {
        "short": short, "kind": kind, "title": squeezed(entry.title), "in_force_since": entry.in_force_since,
        "source": entry.source.strip(), "note": entry.note.strip(),
    }  # fmt: skip
    before = dict(
        session.execute(
            select(RegulationName.key, RegulationName.text).where(RegulationName.regulation_id == row.id)
        ).all()
    )
    if before == keys and all(getattr(row, name) == value for name, value in values.items()):
        return False
    with unique(session, Refused("regulation.taken", "short", name=short)):
        for name, value in values.items():
            setattr(row, name, value)
        session.execute(delete(RegulationName).where(RegulationName.regulation_id == row.id))
        session.add_all(
            RegulationName(key=key, regulation_id=row.id, text=text) for key, text in keys.items()
        )
    record(session, "regulation.edited", now=now, actor=by, subject=("regulation", row.id), name=short)
    session.flush()
    if set(before) != set(keys):
        settle_all(session, now=now)
    return True


def _read(text: str) -> tuple[str, str]:
    """The name as it is kept and its kind, "" when it has no number."""
    text = squeezed(text)
    name = read_name(text)
    if name is not None:
        return name.short, name.kind
    if not 2 <= len(text) <= LONGEST:
        raise Refused("regulation.short", "short", most=LONGEST)
    return text, ""


def _keys(short: str, others: Iterable[str]) -> dict[str, str]:
    names = [short, *(text for text in map(squeezed, others) if text)]
    return {key_of(text): text[:LONGEST] for text in reversed(names)}


def _free(session: Session, keys: Iterable[str], own: int | None) -> None:
    taken = session.execute(
        select(RegulationName.text, RegulationName.regulation_id).where(RegulationName.key.in_(list(keys)))
    )
    for text, regulation_id in taken:
        if regulation_id != own:
            raise Refused("regulation.taken", "short", name=text)
