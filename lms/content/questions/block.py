"""The source of one question cut into parts: heading, prompt, answer lines, notes. No kind is known here."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lms.content.lines import Lines
from lms.content.problems import Report
from lms.content.questions.attributes import Attributes, listed
from lms.content.questions.marks import ANSWER, FIXED, ITEM, NEARLY, STEP, keyword_of, mark_of, pair_of
from lms.content.questions.question import Accepted, Option, Question
from lms.content.questions.values import competency_of, difficulty_of, points_of, scoring_of, shuffle_of
from lms.content.vocabulary import ATTRIBUTES, TYPES, value_of

MAX_ANSWERS = 50


@dataclass(frozen=True)
class Answer:
    """An answer line.

    `mark` is right, wrong, weight, radio, radio_wrong, equal, not, pattern, pair, extra or step; a
    pair has a text on its left, too, a step its number in `share`.
    """

    line: int
    mark: str
    share: str
    text: str
    feedback: str
    fixed: bool
    left: str = ""


@dataclass(frozen=True)
class Span:
    """Lines of the source (from 0, the last one excluded) and what they are: answer, note or other.

    `first` to `last` (excluded) are the places of what they hold in `answers` or `notes`.
    """

    kind: str
    start: int
    end: int
    first: int = 0
    last: int = 0


@dataclass(frozen=True)
class Block:
    """A question before its kind is known. `keyless`: it belongs to a survey, nothing is right or wrong.

    `prompt_at` is the file line of each line of the prompt, `last` the last line of the question; `spans`
    are its lines in order.
    """

    head: Attributes
    prompt: str
    answers: tuple[Answer, ...]
    notes: tuple[tuple[str, str], ...]
    digest: str
    path: str
    keyless: bool
    flawed: bool
    prompt_at: tuple[int, ...] = ()
    last: int = 0
    spans: tuple[Span, ...] = ()

    @property
    def marks(self) -> frozenset[str]:
        """The marks that its answer lines use."""
        return frozenset(answer.mark for answer in self.answers)

    def note(self, name: str) -> str:
        """The text of a note; several of one kind become paragraphs."""
        return "\n\n".join(text for kind, text in self.notes if kind == name)


def read_block(
    source: Lines, start: int, end: int, head: Attributes, keyless: bool, report: Report, offset: int
) -> Block:
    """Cut the lines from `start` to `end` (after the heading); `offset` turns an index into a file line."""
    reader = _Reader(source, start, end, report, offset)
    reader.run(ordered=value_of(head.get("type"), TYPES) == "ordering")
    text = "\n".join(line.rstrip() for line in source.lines[start - 1 : end]).rstrip()
    if len(reader.answers) > MAX_ANSWERS:
        report.error(head.line, "answers_many", limit=MAX_ANSWERS)
    prompt = reader.stripped_prompt()
    return Block(
        head,
        "\n".join(line for _, line in prompt),
        tuple(reader.answers[:MAX_ANSWERS]),
        tuple(reader.notes),
        hashlib.sha256(text.encode()).hexdigest(),
        report.path,
        keyless,
        report.failed_lines(head.line, end + offset),
        tuple(number for number, _ in prompt),
        end + offset,
        tuple(reader.spans),
    )


class _Reader:
    def __init__(self, source: Lines, start: int, end: int, report: Report, offset: int) -> None:
        self.source, self.at, self.end, self.report, self.offset = source, start, end, report, offset
        self.prompt: list[tuple[int, str]] = []
        self.answers: list[Answer] = []
        self.notes: list[tuple[str, str]] = []
        self.spans: list[Span] = []
        self.paired = not any(
            ANSWER.fullmatch(source.lines[at].rstrip()) for at in range(start, end) if not source.code[at]
        )

    def run(self, ordered: bool) -> None:
        while self.at < self.end:
            line, start = self.source.lines[self.at], self.at
            code = self.source.code[start]
            answers, notes = len(self.answers), len(self.notes)
            if not code and (found := ANSWER.fullmatch(line.rstrip())):
                mark, share = mark_of(found)
                self._answer(mark, found["text"] or "", share)
            elif not code and self.paired and (pair := pair_of(line.rstrip())):
                self._answer("pair" if pair[0] else "extra", pair[1], left=pair[0])
            elif not code and ordered and (step := STEP.fullmatch(line.rstrip())):
                self._answer("step", step["text"], step["number"])
            elif not code and line.startswith(">") and keyword_of(line[1:]):
                self._notes()
            else:
                self._other(line, code)
                self.at += 1
            self._span(start, answers, notes)

    def _span(self, start: int, answers: int, notes: int) -> None:
        """Remember what the lines since `start` were."""
        if len(self.answers) > answers:
            self.spans.append(Span("answer", start, self.at, answers, answers + 1))
        elif len(self.notes) > notes:
            self.spans.append(Span("note", start, self.at, notes, len(self.notes)))
        else:
            self.spans.append(Span("other", start, self.at))

    def stripped_prompt(self) -> list[tuple[int, str]]:
        """The lines of the prompt with their numbers, without empty ones before and after."""
        filled = [at for at, (_, line) in enumerate(self.prompt) if line.strip()]
        return self.prompt[filled[0] : filled[-1] + 1] if filled else []

    def _other(self, line: str, code: bool) -> None:
        number = self.at + self.offset
        if not code and NEARLY.match(line):
            self.report.error(number, "answer_mark", text=line)
        elif not self.answers:
            self.prompt.append((number, line))
        elif line.strip():
            self.report.error(number, "answer_unmarked" if ITEM.match(line) else "answer_after", text=line)

    def _answer(self, mark: str, first: str, share: str = "", left: str = "") -> None:
        number = self.at + self.offset
        self.at += 1
        texts, quotes = [first], list[str]()
        quoted = False  # whether the code block at hand, fence or formula, began as a quotation
        before = False
        for at, line, code in self._continuation():
            if not (code and before) or _QUOTED_FENCE.match(line):
                quoted = line.startswith(">")
            before = code
            if quoted and line.startswith(">"):
                quotes.append(line[1:].removeprefix(" "))
            elif quotes and line.strip():
                self.report.error(at, "answer_after_feedback", text=line)
            else:
                (quotes if quotes else texts).append(line)
        text = "\n".join(texts).strip()
        fixed = FIXED.match(text)
        text = fixed[1] if fixed else text
        if not text:
            self.report.error(number, "answer_empty")
        feedback = "\n".join(quotes).strip()
        self.answers.append(Answer(number, mark, share, text, feedback, fixed is not None, left))

    def _continuation(self) -> list[tuple[int, str, bool]]:
        """The lines that belong to the answer above: indented, or running on without a blank line."""
        taken: list[tuple[int, str, bool]] = []
        while self.at < self.end:
            line, code = self.source.lines[self.at], self.source.code[self.at]
            blank = not line.strip()
            runs_on = not taken or bool(taken[-1][1].strip())
            if not blank and not line.startswith(" "):
                plain = not (ITEM.match(line) or line.startswith((">", "`", "~", "#")) or NEARLY.match(line))
                if not (runs_on and plain and not code):
                    break
            elif not blank and NEARLY.match(line) and not code:
                self.report.error(self.at + self.offset, "answer_mark", text=line)
            taken.append((self.at + self.offset, line, code))
            self.at += 1
        filled = (line for _, line, _ in taken if line.startswith(" ") and line.strip())
        width = min(map(_indent, filled), default=0)
        return [(at, line[min(width, _indent(line)) :], code) for at, line, code in taken]

    def _notes(self) -> None:
        kind, texts = "", list[str]()
        while self.at < self.end and self.source.lines[self.at].startswith(">"):
            line = self.source.lines[self.at][1:].removeprefix(" ")
            word = None if self.source.code[self.at] else keyword_of(line)
            if word:
                self._note(kind, texts)
                kind, texts = word[0], [word[1]]
            else:
                texts.append(line)
            self.at += 1
        self._note(kind, texts)

    def _note(self, kind: str, texts: list[str]) -> None:
        text = "\n".join(texts).strip()
        if kind and not text:
            self.report.error(self.at + self.offset - 1, "note_empty")
        elif kind:
            self.notes.append((kind, text))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


_QUOTED_FENCE = re.compile(r">[ >]*(?:`{3,}|~{3,})")
COMMON = frozenset({"points", "tag", "type", "competency", "legal", "difficulty"})


def draft(block: Block, kind: str, report: Report, extra: frozenset[str]) -> Question:
    """The question with all that does not depend on its kind; `extra` are the attributes the kind takes."""
    head = block.head
    for name in head.values:
        if name not in COMMON | extra:
            word = next(word for word, known in ATTRIBUTES.items() if known == name)
            report.error(head.line, "attribute_kind", key=word)
    if any(name == "rubric" for name, _ in block.notes):
        report.error(head.line, "rubric_kind")
    return Question(
        id=head.id,
        kind=kind,
        title=head.title,
        prompt=block.prompt,
        points=0.0 if block.keyless else points_of(head, report),
        tags=listed(head.get("tag")),
        competency=competency_of(head, report),
        legal_basis=head.get("legal"),
        shuffle=shuffle_of(head, report),
        hints=tuple(text for name, text in block.notes if name == "hint"),
        explanation=block.note("explanation"),
        feedback_right=block.note("right"),
        feedback_partial=block.note("partial"),
        feedback_wrong=block.note("wrong"),
        scoring=scoring_of(head, report),
        difficulty=difficulty_of(head, report),
        digest=block.digest,
        path=block.path,
        line=head.line,
    )


def with_parts(
    question: Question, options: Sequence[Option] = (), answers: Sequence[Accepted] = ()
) -> Question:
    """The question with its options or accepted answers."""
    return replace(question, options=tuple(options), answers=tuple(answers))
