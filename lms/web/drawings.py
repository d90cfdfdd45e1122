"""Geometry of the drawings that the server makes: ring of JP, radar, bars. Pure numbers, no markup."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

RING_TEETH = 20
CENTRE = (190.0, 150.0)
RADIUS = 115.0
LABEL_RADIUS = RADIUS + 13.0
LABEL_LEFT, LABEL_RIGHT = -45.0, 425.0
LABEL_CHARACTERS = 12  # at least, in a line
CHARACTER_WIDTH, LINE_HEIGHT = 7.8, 14.0
BAR_LEFT, BAR_RIGHT = 50.0, 398.0
BAR_STEP, BAR_THICKNESS, BAR_TOP = 20.0, 13.0, 10.0


@dataclass(frozen=True)
class Tooth:
    """One triangle of the JP ring: its turn in degrees and its state "on", "soon" or ""."""

    turn: float
    state: str


def ring(done: float, soon: float, target: float, teeth: int = RING_TEETH) -> list[Tooth]:
    """Triangles of the ring for `done` and `soon` JP of `target`.

    With at most `teeth` JP to reach there is one triangle a JP, else each stands for a share.
    A started triangle is not lit: the ring never shows more than was reached.
    """
    if target <= 0:
        return []
    count = math.ceil(target) if target <= teeth else teeth
    lit = _share(done, target, count)
    planned = _share(done + soon, target, count)
    states = ["on"] * lit + ["soon"] * (planned - lit) + [""] * (count - planned)
    return [Tooth(round(360 / count * (place + 0.5), 2), state) for place, state in enumerate(states)]


def _share(value: float, target: float, count: int) -> int:
    return max(0, min(count, math.floor(value / target * count + 1e-9)))


@dataclass(frozen=True)
class Label:
    """Words beside an axis: where each line stands and to which side it runs."""

    lines: tuple[tuple[float, float, str], ...]
    anchor: str


@dataclass(frozen=True)
class Axis:
    """One competency of the radar; `learnt` is the foot of its gold triangle, if any."""

    end: str
    label: Label
    learnt: str


@dataclass(frozen=True)
class Radar:
    """Everything a radar chart prints; points are ready for the `points` attribute."""

    height: float
    rings: tuple[str, ...]
    axes: tuple[Axis, ...]
    have: str
    need: str


def radar(
    names: Sequence[str],
    need: Sequence[float],
    have: Sequence[float | None],
    learnt: Iterable[float | None] = (),
    levels: int = 5,
) -> Radar:
    """Radar of `levels` steps; a level that is not known (None) is drawn in the centre.

    Raises ValueError when the rows differ in length or fewer than three axes are given.
    """
    count = len(names)
    if count < 3:
        raise ValueError("a radar needs three axes")
    seen = list(learnt) or [None] * count
    if not len(need) == len(have) == len(seen) == count:
        raise ValueError("names, need, have and learnt differ in length")
    labels = _apart([_label(name, place, count) for place, name in enumerate(names)])
    return Radar(
        height=max(y for label in labels for _, y, _ in label.lines) + LINE_HEIGHT,
        rings=tuple(_polygon([step] * count, levels) for step in range(1, levels + 1)),
        axes=tuple(
            Axis(
                end=_pair(_point(place, count, RADIUS)),
                label=labels[place],
                learnt=_triangle(place, count, seen[place], levels),
            )
            for place, name in enumerate(names)
        ),
        have=_polygon([level or 0 for level in have], levels),
        need=_polygon(need, levels),
    )


def _point(place: int, count: int, radius: float) -> tuple[float, float]:
    angle = 2 * math.pi * place / count - math.pi / 2
    return CENTRE[0] + radius * math.cos(angle), CENTRE[1] + radius * math.sin(angle)


def _pair(point: tuple[float, float]) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"


def _polygon(values: Sequence[float], levels: int) -> str:
    count = len(values)
    points = (_point(place, count, RADIUS * value / levels) for place, value in enumerate(values))
    return " ".join(_pair(point) for point in points)


def _triangle(place: int, count: int, level: float | None, levels: int) -> str:
    if not level:
        return ""
    x, y = _point(place, count, RADIUS * level / levels)
    return f"{x:.1f},{y - 8:.1f} {x + 7:.1f},{y + 5:.1f} {x - 7:.1f},{y + 5:.1f}"


def _label(name: str, place: int, count: int) -> Label:
    x, y = _point(place, count, LABEL_RADIUS)
    side = round(x - CENTRE[0])
    anchor = "middle" if abs(side) < 8 else "start" if side > 0 else "end"
    room = 0.0 if anchor == "middle" else LABEL_RIGHT - x if anchor == "start" else x - LABEL_LEFT
    lines = wrap(name, max(LABEL_CHARACTERS, int(room / CHARACTER_WIDTH)))
    top = y - (len(lines) - 1) * LINE_HEIGHT * (1 if y < CENTRE[1] - RADIUS / 2 else 0.5) + 4
    if y < CENTRE[1] - RADIUS:
        top -= 4
    if y > CENTRE[1] + RADIUS / 2:
        top = y + 8
    return Label(
        tuple((round(x, 1), round(top + row * LINE_HEIGHT, 1), line) for row, line in enumerate(lines)),
        anchor,
    )


def _apart(labels: Sequence[Label]) -> list[Label]:
    """The labels in their order, those of each side pushed down as far as the one above them reaches."""
    moved = dict(enumerate(labels))
    for side in ("start", "end"):
        free = -math.inf
        column = [place for place, label in moved.items() if label.anchor == side]
        for place in sorted(column, key=lambda place: moved[place].lines[0][1]):
            label = moved[place]
            down = max(0.0, free - label.lines[0][1])
            lines = tuple((x, round(y + down, 1), line) for x, y, line in label.lines)
            moved[place] = Label(lines, side)
            free = lines[-1][1] + LINE_HEIGHT
    return list(moved.values())


def wrap(text: str, width: int, most: int = 3) -> list[str]:
    """Break a label between words into lines of about `width` characters, at most `most` lines."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        elif len(lines) == most:
            lines[-1] = lines[-1].rstrip("…") + "…"
        else:
            lines.append(word)
    return lines or [""]


@dataclass(frozen=True)
class Bar:
    """One bar: its top, its width and the base line of its label, in units of the picture."""

    y: float
    width: float
    text_y: float


@dataclass(frozen=True)
class Bars:
    """Horizontal bars: the height of the picture, the grid as (x, value), and the bars."""

    height: float
    grid: tuple[tuple[float, float], ...]
    bars: tuple[Bar, ...]


def bars(values: Sequence[float], top: float | None = None) -> Bars:
    """Bars from zero to `top` (default: the next round number above the largest value)."""
    limit = top if top is not None else round_above(max(values, default=0))
    span = BAR_RIGHT - BAR_LEFT
    drawn = tuple(
        Bar(
            y=BAR_TOP + row * BAR_STEP,
            width=round(span * max(0.0, min(value, limit)) / limit, 1),
            text_y=BAR_TOP + row * BAR_STEP + 11,
        )
        for row, value in enumerate(values)
    )
    grid = tuple((round(BAR_LEFT + span * step / 4, 1), limit * step / 4) for step in range(5))
    return Bars(BAR_TOP + len(values) * BAR_STEP + 26, grid, drawn)


def round_above(value: float) -> float:
    """The smallest of 1, 2, 4, 5, 10 times a power of ten that is not below `value`; 1 for none."""
    if value <= 0:
        return 1.0
    power: float = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 4, 5, 10) if step * power >= value * (1 - 1e-9))


@dataclass(frozen=True)
class Column:
    """One upright bar: its left edge, its top and its height, in units of the picture."""

    x: float
    y: float
    height: float


COLUMN_HEIGHT, COLUMN_STEP, COLUMN_WIDTH = 100.0, 36.0, 26.0


def columns(values: Sequence[float | None]) -> tuple[Column | None, ...]:
    """Upright bars from 0 to 100 percent, side by side; None where there is nothing to show."""
    found: list[Column | None] = []
    for place, value in enumerate(values):
        if value is None:
            found.append(None)
            continue
        height = round(COLUMN_HEIGHT * max(0.0, min(value, 100.0)) / 100, 1)
        found.append(Column(place * COLUMN_STEP + 5, round(COLUMN_HEIGHT - height, 1), height))
    return tuple(found)
