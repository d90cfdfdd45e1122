"""Sums of the city on paper: added up by hand from `people.py`, line by line."""

from __future__ import annotations

from datetime import date

from lms.domain.reports.matching import Tally

DESK = 2
"""People of the city itself: two at the desk, without a target."""

HOURS = {
    # line of the recap of 2026: staff, JP, target reached, below it, JP lacking, JP that wait
    "Pemerintah Kota Rekaan": (2, 0, 0, 0, 0, 0),
    "Kecamatan Satu": (17, 174, 6, 10, 190, 26),
    "Puskesmas Tiga": (7, 78, 2, 5, 72, 8),
    "Sekretariat Daerah": (14, 156, 3, 10, 136, 14),
    "Tanpa unit aktif": (1, 6, 0, 1, 18, 0),
}
WHOLE_2026 = (41, 414, 11, 26, 416, 48)
WHOLE_2025 = (41, 74, 2, 35, 628, 0)
"""2025: 6+6+10+20+26+6 JP; only K1 and L5 reach 20. Targets of 37 people: 27 x 20, 2 x 20, 6 x 16, 2 x 10."""
INSIDE_KEC = {
    "Kecamatan Satu": (4, 36, 1, 3, 54),
    "Kelurahan Dua": (5, 70, 3, 2, 42),
    "Kelurahan Satu": (8, 68, 2, 5, 94),
}
MET = {"pns": (27, 7), "cpns": (2, 1), "pppk": (6, 2), "pppk_paruh_waktu": (2, 1), "lainnya": (4, 0)}
"""By status: people, and of these who reached the target of 2026 (others have none; two are at the desk)."""

MAP = {
    # required, assessed, met, levels lacking, sum of min(level, required), sum of required of the assessed
    "Kecamatan Satu": {
        "M.1": Tally(17, 15, 9, 6, 21, 27), "M.2": Tally(3, 3, 1, 3, 6, 9), "T.1": Tally(3, 3, 2, 1, 5, 6),
    },
    "Puskesmas Tiga": {
        "M.1": Tally(6, 5, 3, 2, 7, 9), "M.2": Tally(1, 1, 1, 0, 3, 3), "T.1": Tally(2, 2, 1, 2, 2, 4),
    },
    "Sekretariat Daerah": {
        "M.1": Tally(14, 10, 5, 6, 12, 18), "M.2": Tally(3, 3, 1, 3, 6, 9), "T.1": Tally(4, 3, 2, 1, 5, 6),
    },
    "Tanpa unit aktif": {"M.1": Tally(1, 1, 0, 1, 1, 2)},
    "Semua": {
        "M.1": Tally(38, 31, 17, 15, 41, 56), "M.2": Tally(7, 7, 3, 6, 15, 21),
        "T.1": Tally(9, 8, 5, 4, 12, 16),
    },
}  # fmt: skip
SHARES = {
    # percent that meet the standard: M.1, M.2, T.1, all; percent assessed
    "Kecamatan Satu": (60.0, 33.3, 66.7, 57.1, 91.3),
    "Puskesmas Tiga": (60.0, 100.0, 50.0, 62.5, 88.9),
    "Sekretariat Daerah": (50.0, 33.3, 66.7, 50.0, 76.2),
    "Tanpa unit aktif": (0.0, None, None, 0.0, 100.0),
    "Semua": (54.8, 42.9, 62.5, 54.3, 85.2),
}
QUARTERS = (
    # Before 2 March 2026 only L8 is assessed, at 0. To 30 June clerks need M.1 at 1 and U7's level holds.
    (date(2025, 9, 30), Tally(54, 1, 0, 1, 0, 1)),
    (date(2025, 12, 31), Tally(54, 1, 0, 1, 0, 1)),
    (date(2026, 3, 31), Tally(54, 47, 35, 15, 61, 76)),
    (date(2026, 6, 30), Tally(54, 47, 35, 15, 61, 76)),
    (date(2026, 9, 30), Tally(54, 46, 25, 25, 68, 93)),
    (date(2026, 11, 24), Tally(54, 46, 25, 25, 68, 93)),
)
QUARTER_FIGURES = (
    # percent assessed, percent that meet it, mean gap, JPM
    (1.9, 0.0, -1.0, 0.0), (1.9, 0.0, -1.0, 0.0), (87.0, 74.5, -0.32, 80.3), (87.0, 74.5, -0.32, 80.3),
    (85.2, 54.3, -0.54, 73.1), (85.2, 54.3, -0.54, 73.1),
)  # fmt: skip

NEEDS = {
    # line of the needs: people with a gap, gaps, levels lacking, with a plan, its JP, done
    "Kecamatan Satu": (8, 9, 10, 0, 0, 0),
    "Puskesmas Tiga": (3, 3, 4, 0, 0, 0),
    "Sekretariat Daerah": (7, 8, 10, 2, 14, 1),
    "Tanpa unit aktif": (1, 1, 1, 0, 0, 0),
    "Semua": (19, 21, 25, 2, 14, 1),
}
GAPS = (
    # by unit and name: person, competency, required, found
    ("H3", "M.1", 2, 1), ("H1", "M.2", 3, 1), ("U4", "M.1", 2, 0), ("U6", "T.1", 2, 1), ("U1", "M.1", 2, 1),
    ("U1", "M.2", 3, 2), ("U3", "M.1", 2, 1), ("K3", "M.1", 2, 1), ("K4", "M.1", 1, 0), ("M1", "M.1", 2, 1),
    ("M1", "M.2", 3, 1), ("M2", "M.1", 2, 1), ("L3", "M.2", 3, 2), ("L7", "T.1", 2, 1), ("L4", "M.1", 2, 1),
    ("L2", "M.1", 2, 1), ("P6", "M.1", 2, 1), ("P3", "T.1", 2, 0), ("P4", "M.1", 2, 1), ("S2", "M.1", 2, 1),
    ("N1", "M.1", 2, 1),
)  # fmt: skip
ASSIGNED = (6, 5, 1)
"""Course A in Bagian Umum, counted from 2026: asked, done, exempt. Of seven people U5 is exempt, and U1 did
it in the last minute of 2025."""
