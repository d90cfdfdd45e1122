"""The words of the format in the language of a course: the kept English names back into authors' words."""

from __future__ import annotations

from collections.abc import Mapping

from lms.content.vocabulary import NOTES, Key

_COMPLETION = {"semua-materi": "all-lessons", "semua-kuis": "all-quizzes"}


def word_for(name: str, table: Mapping[str, str], english: bool) -> str:
    """The word of authors for a kept value (or a kept name of an attribute)."""
    return name.replace("_", "-") if english else next(word for word, kept in table.items() if kept == name)


def key_word(key: Key, english: bool) -> str:
    """The word of a key of a front matter."""
    return key.name if english else key.word


def yes_word(value: bool, english: bool) -> str:
    """Yes or no."""
    return ("yes" if value else "no") if english else ("ya" if value else "tidak")


def fixed_word(english: bool) -> str:
    """What marks an option that stays last."""
    return "{fixed}" if english else "{tetap}"


def check_word(english: bool) -> str:
    """What opens a block of questions in a lesson."""
    return "quiz" if english else "kuis"


def note_word(kind: str, english: bool) -> str:
    """The keyword of a note with its capital: the first of a kind is Indonesian, the last is English."""
    known = [word for word, kept in NOTES.items() if kept == kind]
    return known[-1 if english else 0].capitalize()


def completion_word(word: str, english: bool) -> str:
    """A part of the completion rule; ids of quizzes stay."""
    if english:
        return _COMPLETION.get(word, word)
    return next((own for own, other in _COMPLETION.items() if other == word), word)
