"""Invented people in real units. Nobody here exists; numbers only have a valid form."""

from __future__ import annotations

from typing import NamedTuple


class Role(NamedTuple):
    """A role and the code of the unit it is limited to."""

    name: str
    unit: str | None = None


class DemoPerson(NamedTuple):
    """What HR data would say; rank (pangkat or golongan), unit and position by code."""

    name: str
    nip: str
    employment: str
    rank: str | None
    unit: str
    position: str
    email: str | None = None
    roles: tuple[Role, ...] = ()


# The five accounts that can sign in, in the order in which they are printed.
CAST: tuple[DemoPerson, ...] = (
    DemoPerson(
        "Tengku Zahara, A.Md.", "199002142015032003", "pns", "II/c",
        "KEL-TK-PENYENGAT", "PLK-ADMUM", "peserta@gurindam.example",
    ),
    DemoPerson(
        "Raja Fauziah Hanim, S.Sos., M.A.P.", "198111032006042009", "pns", "IV/a",
        "BKPSDM-PK", "JF-WI-MADYA", "pengajar@gurindam.example", (Role("trainer"), Role("reviewer")),
    ),
    DemoPerson(
        "Encik Ahmad, S.IP.", "198809092010011002", "pns", "III/c",
        "KEC-TK", "PWS-KASUBBAG", "kepegawaian@gurindam.example", (Role("hr", "KEC-TK"),),
    ),
    DemoPerson(
        "Dr. H. Muhammad Syahrul, S.E., M.Si.", "197008171996031004", "pns", "IV/c",
        "BKPSDM", "JPT-KABAN", "bkpsdm@gurindam.example", (Role("bkpsdm"),),
    ),
    DemoPerson(
        "Wan Nurhaliza, S.Kom.", "199607252022032011", "pns", "III/a",
        "KOMINFO", "JF-PRAKOM-PERTAMA", "admin@gurindam.example", (Role("admin"),),
    ),
)  # fmt: skip

_P = DemoPerson
OTHERS: tuple[DemoPerson, ...] = (
    # Kelurahan Penyengat: two people of one name, single names, part-time staff
    _P("Megat Iskandar, S.STP.", "198504172004121001", "pns", "III/d", "KEL-TK-PENYENGAT", "PWS-LURAH"),
    _P("Siti Aminah", "199403052024212017", "pppk", "V", "KEL-TK-PENYENGAT", "PLK-OPERATOR"),
    _P("Siti Aminah", "198812112009012004", "pns", "II/b", "KEL-TK-PENYENGAT", "PLK-ADMUM"),
    _P("Hamidah", "199909132025242014", "pppk_paruh_waktu", None, "KEL-TK-PENYENGAT", "PLK-OPERATOR"),
    _P("Daud", "198705202025241031", "pppk_paruh_waktu", None, "KEL-TK-PENYENGAT", "PLK-OPERATOR"),
    # Kecamatan Tanjungpinang Kota and its other kelurahan
    _P("Drs. Tengku Mahmud Badaruddin, M.Si.", "196911051994031006", "pns", "IV/b", "KEC-TK", "ADM-CAMAT"),
    _P("Dayang Suraya, S.E.", "199101242019032008", "pns", "III/b", "KEC-TK", "PWS-KASI"),
    _P("Jaafar", "199304022024211022", "pppk", "VII", "KEC-TK", "PLK-LAYANAN"),
    _P("Encik Rahimah, S.Sos.", "198303192008042003", "pns", "III/c", "KEL-TK-SENGGARANG", "PWS-LURAH"),
    _P("Lim Wei Ling, S.M.", "199702112022032015", "pns", "III/a", "KEL-TK-SENGGARANG", "PLK-LAYANAN"),
    _P("Awang Sulung", "199012302025241017", "pppk_paruh_waktu", None, "KEL-TK-SENGGARANG", "PLK-OPERATOR"),
    _P("Raja Aisyah, A.Md.", "199508082020122006", "pns", "II/c", "KEL-TK-KOTA", "PLK-ADMUM"),
    _P("Bujang", "198601152025241008", "pppk_paruh_waktu", None, "KEL-TK-KOTA", "PLK-OPERATOR"),
    _P("Wan Salmah", "199206302023212041", "pppk", "IX", "KEL-TK-BUGIS", "PLK-LAYANAN"),
    _P("Andi Baso Paturusi, S.H.", "199003072018011004", "pns", "III/b", "KEL-TK-BUGIS", "PWS-KASI"),
    # BKPSDM and Setda
    _P(
        "Prof. Dr. Ir. Hj. Tengku Fatimah Azzahra binti Tengku Haji Abdul Rahman Syah, S.T., M.T., Ph.D.",
        "196803121992032005", "pns", "IV/d", "SETDA", "JPT-SEKDA",
    ),
    _P("Hang Nadim Pratama, S.Psi.", "199105182017081002", "pns", "III/c", "BKPSDM-PK", "JF-ASDM-MUDA"),
    _P("Cik Puan Melati, S.Tr.I.P.", "200001202024092001", "cpns", "III/a", "BKPSDM-PK", "JF-ASDM-PERTAMA"),
    _P("Raja Hamzah, S.E., M.M.", "197812252005011007", "pns", "IV/a", "BKPSDM-PK", "ADM-KABID"),
    _P("Syarifah Nuraini", "199611162024212009", "pppk", "IX", "BKPSDM-SEK", "JF-ARSIPARIS-TERAMPIL"),
    _P("Ketut Suardana, S.H., M.H.", "198006142006041010", "pns", "IV/a", "SETDA-HUKUM", "ADM-KABAG"),
    _P("Maria Goreti Wea, S.Sos.", "199409282020122013", "pns", "III/a", "SETDA-ORG", "PLK-LAYANAN"),
    _P("Zulkifli", "198908012024211012", "pppk", "V", "SETDA-UMUM", "PLK-OPERATOR"),
    # Counters, clinics, schools
    _P("Tun Sri Wahyuni, S.Kom.", "199305252019032011", "pns", "III/b", "DUKCAPIL", "PWS-KASI"),
    _P("Encik Kamal", "199710092024211030", "pppk", "VII", "DUKCAPIL", "PLK-LAYANAN"),
    _P("Natalia Br. Simanjuntak, A.Md.", "199812242022032007", "pns", "II/c", "DUKCAPIL", "PLK-ADMUM"),
    _P("Tengku Azman, S.T.", "198402282010011009", "pns", "III/d", "DPMPTSP", "ADM-KABID"),
    _P("Rosnah", "199506172025242033", "pppk_paruh_waktu", None, "DPMPTSP", "PLK-OPERATOR"),
    _P("dr. Bulan Permatasari", "199102072018012002", "pns", "III/c", "PKM-SEIJANG", "JF-DOKTER-MUDA"),
    _P("Ns. Yusuf Hidayat, S.Kep.", "199009112019031014", "pns", "III/b", "PKM-SEIJANG", "JF-PERAWAT"),
    _P("Laila Sari, A.Md.Keb.", "199704232024212021", "pppk", "VII", "PKM-SEIJANG", "JF-BIDAN-TERAMPIL"),
    _P("Dang Merdu, A.Md.Kep.", "199307192023212016", "pppk", "VII", "PKM-BUGIS", "JF-PERAWAT"),
    _P("Badrul Munir, S.Pd.", "198610102011011005", "pns", "III/d", "SMPN1", "JF-GURU-MUDA"),
    _P("Mak Inang Kartini, S.Pd., Gr.", "199401042023212028", "pppk", "IX", "SMPN1", "JF-GURU-PERTAMA"),
    _P("Yohanes Adi Nugroho, S.Pd.", "199602152024211019", "pppk", "IX", "SMPN4", "JF-GURU-PERTAMA"),
    # Dinas
    _P("Ir. Panglima Hitam, M.T.", "197109301998031003", "pns", "IV/c", "PUPR", "JPT-KADIS"),
    _P("Tengku Laksmana", "199811052025241044", "pppk_paruh_waktu", None, "DLH", "PLK-OPERATOR"),
    _P("Suri Handayani, S.Ak.", "199512032022032009", "pns", "III/a", "BPKAD", "PLK-LAYANAN"),
    _P("Hang Jebat Saputra", "199203262020121006", "pns", "II/a", "SATPOLPP", "PLK-OPERATOR"),
    _P("Cahaya Purnama, S.I.Pust.", "199910182024092002", "cpns", "III/a", "DISPUSIP", "PLK-LAYANAN"),
    _P("Awang Mahkota", "199001102024211040", "pppk", "V", "DISHUB", "PLK-OPERATOR"),
    _P("Sri Lanang Dewi, S.STP., M.A.P.", "198707072006022001", "pns", "IV/a", "KEC-BB", "ADM-CAMAT"),
    _P("Mahmud", "198309052009011011", "pns", "II/c", "KEL-BB-TIMUR", "PLK-ADMUM"),
)  # fmt: skip
