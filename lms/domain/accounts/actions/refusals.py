"""A rule of the office was not met; the web says it in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session


class Refused(Exception):
    """Nothing was changed. `code` such as "nip.taken", `field` the input it concerns ("" for none)."""

    def __init__(self, code: str, field: str = "", **params: object) -> None:
        super().__init__(code)
        self.code, self.field, self.params = code, field, params


@contextmanager
def unique(session: Session, refusal: Refused) -> Iterator[None]:
    """Flush the block in a savepoint; a row that another request wrote first becomes the refusal."""
    try:
        with session.begin_nested():
            yield
            session.flush()
    except IntegrityError as error:
        raise refusal from error
