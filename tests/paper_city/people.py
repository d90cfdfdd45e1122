"""Forty people: who they are, what they did, what was found of them, and what that adds up to.

Columns: key, place ("unit position status"), name, what happened, JP of 2025, JP of 2026, JP that wait in
2026, levels found.

Courses: A 6 JP, B 10, D 4 (approved), C 8 (not approved: waits, however often it is done in a year). A day
is written yymmdd; "n25" is 31 December 2025, 16:59 UTC, still that year in WIB; "n26" is 17:01 UTC, already
the next one. Training elsewhere: O8 verified with 8 JP, O20>14 verified with 14 of 20, W waits, R refused,
X verified and taken back. A course twice in a year counts once.

Levels hold from 2 March 2026 without end; "@yymmdd" names another day, "~yymmdd" the last day it holds.
"""

from __future__ import annotations

from dataclasses import dataclass

LONG = "Raden Ajeng Siti Nurhaliza Kusumaningrum Prabandari Wulansari Tunggadewi, S.Pd.I"
TABLE = f"""
S1 | SETDA AWS pns   | Raja Ahmad Contoh | A250310 B260202 O8@260504        |  6 | 18 |  0 | M.1=2 M.2=3
S2 | SETDA PLK pns   | Encik Mahmud      | A260115 B260301 O8@260601        |  0 | 24 |  0 | M.1=1
U1 | UMUM AWS pns    | Suparman          | An25 Bn26                        |  6 | 10 |  0 | M.1=1 M.2=2
U2 | UMUM PLK pns    | {LONG}            | B250505 A260404 D260405 O20>14@260707 | 10 | 24 | 0 | M.1=2
U3 | UMUM PLK pppk   | Wan Zulkifli      | A260202 B260203                  |  0 | 16 |  0 | M.1=1
U4 | UMUM PLK pppk   | Dewi Lestari      | A260202 B260203 D260204          |  0 | 20 |  0 | M.1=0
U5 | UMUM AHP pns    | Hasan Basri       | C260303 C260909                  |  0 |  0 |  8 | M.1=1 T.1=2
U6 | UMUM AHP cpns   | Nurul Huda        | A260505 W6@260606                |  0 |  6 |  6 | T.1=1
U7 | UMUM PLK lainnya | Tono             | A260505                          |  0 |  6 |  0 | M.1=1~260731
U8 | UMUM PLK pns    | Budi Santoso      | B260120                          |  0 | 10 |  0 | M.1=2
H1 | HUKUM AWS pns   | Fatimah Zahra     | R8@260202 A260203                |  0 |  6 |  0 | M.1=3 M.2=1
H2 | HUKUM AHP pns   | Yusuf Mansur      | X8@260202 B260303                |  0 | 10 |  0 | M.1=1 T.1=3
H3 | HUKUM PLK pns   | Ani               | A260202                          |  0 |  6 |  0 | M.1=1
H4 | HUKUM PLK pppk_paruh_waktu | Rudi Hartono | D260808 A260809            |  0 | 10 |  0 |
H5 | HUKUM AHP pns   | Lina Marlina      |                                  |  0 |  0 |  0 |
K1 | KEC AWS pns     | Datuk Hamzah      | A250707 B250708 D250709          | 20 |  0 |  0 | M.1=2 M.2=3
K2 | KEC PLK pns     | Zainab            | A260707 B260708 D260709 O4@260710 | 0 | 24 |  0 | M.1=2
K3 | KEC PLK pppk    | Karim Abdullah    | A260707 A261010                  |  0 |  6 |  0 | M.1=1
K4 | KEC AHP pns     | Megawati Putri    | C260303 A260304                  |  0 |  6 |  8 | M.1=0 T.1=2
L1 | KEL1 PLK pns    | Siti Aminah       | A260110 B260111 O8@260112        |  0 | 24 |  0 | M.1=2
L2 | KEL1 PLK pns    | Siti Aminah       |                                  |  0 |  0 |  0 | M.1=1
L3 | KEL1 AWS pns    | Abdul Rahman      | B260220                          |  0 | 10 |  0 | M.1=2 M.2=2
L4 | KEL1 PLK pppk   | Maya Sari         | W10@260220 A260221               |  0 |  6 | 10 | M.1=1
L5 | KEL1 PLK pns    | Joko Widagdo      | An25 O20@250606                  | 26 |  0 |  0 | M.1=2
L6 | KEL1 PLK lainnya | Rina             | C260404                          |  0 |  0 |  8 |
L7 | KEL1 AHP pns    | Agus Salim        | A260909 B260910 O8@260911        |  0 | 24 |  0 | M.1=1 T.1=1
L8 | KEL1 PLK pns | Bayu | D261010 | 0 | 4 | 0 | M.1=0@250910 M.1=2@260901
M1 | KEL2 AWS pns    | Hendra Gunawan    | A260606 B260607 O10@260608       |  0 | 26 |  0 | M.1=1 M.2=1
M2 | KEL2 PLK pns    | Sri Wahyuni       |                                  |  0 |  0 |  0 | M.1=1
M3 | KEL2 PLK pppk   | Ilham             | B260303 O8@260304                |  0 | 18 |  0 | M.1=2
M4 | KEL2 PLK pns    | Yanti Oktavia     | A251230 A260102                  |  6 |  6 |  0 |
M5 | KEL2 AHP cpns   | Dedi Kurnia       | B260606 O10@260607               |  0 | 20 |  0 | M.1=1 T.1=2
P1 | PKM AWS pns     | dr. Sari Indah    | O24@260202                       |  0 | 24 |  0 | M.1=2 M.2=3
P2 | PKM AHP pns     | Mardiana          | B260202                          |  0 | 10 |  0 | M.1=1 T.1=2
P3 | PKM AHP pppk    | Ramli             | A260202 B260203 W8@260204        |  0 | 16 |  8 | T.1=0
P4 | PKM PLK pns     | Susi Susanti      |                                  |  0 |  0 |  0 | M.1=1
P5 | PKM PLK pns     | Hamid             | A261123                          |  0 |  6 |  0 | M.1=2
P6 | PKM PLK pppk_paruh_waktu | Nenny Farida | A260505 D260506 O2@260507    |  0 | 12 |  0 | M.1=1
P7 | PKM - pns       | Eko Prasetyo      | B260505                          |  0 | 10 |  0 | M.1=5
N1 | - PLK pns       | Tanpa Unit        | A260505                          |  0 |  6 |  0 | M.1=1
"""
LEFT = "U8"
"""Retired on 1 October 2026: in no sum, the record stays."""
MOVED = "H3"
"""Came from the clinic on 1 July 2026; what she did there counts where she is now."""
TARGETS = {
    2025: {"pns": 20, "cpns": 20, "pppk": 16, "pppk_paruh_waktu": 10, "lainnya": 0},
    2026: {"pns": 24, "cpns": 20, "pppk": 18, "pppk_paruh_waktu": 12, "lainnya": 0},
}
"""A rule of hours raised the targets on 1 January 2026."""


@dataclass(frozen=True)
class Written:
    """A line of the table."""

    key: str
    unit: str  # code; "-" for none
    position: str
    employment: str
    name: str
    acts: tuple[str, ...]
    jp: dict[int, int]  # by year
    waiting: int  # in 2026
    levels: tuple[str, ...]
    nip: str

    def lacking(self, year: int) -> int:
        """JP missing to the target of a year."""
        return max(0, TARGETS[year][self.employment] - self.jp[year])


def _read(place: int, line: str) -> Written:
    key, where, name, acts, before, now, waiting, levels = (part.strip() for part in line.split("|"))
    unit, position, employment = where.split()
    return Written(
        key, unit, position, employment, name, tuple(acts.split()), {2025: int(before), 2026: int(now)},
        int(waiting), tuple(levels.split()), f"1990021420150320{place:02}",
    )  # fmt: skip


PEOPLE = {
    one.key: one for one in (_read(place, line) for place, line in enumerate(TABLE.strip().splitlines(), 1))
}
STAFF = {key: one for key, one in PEOPLE.items() if key != LEFT}
