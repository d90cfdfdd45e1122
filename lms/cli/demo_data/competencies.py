"""The competency dictionary of PermenPANRB 38/2017 in own words, and four technical competencies."""

from __future__ import annotations

COMPETENCIES: tuple[tuple[str, str, str, str], ...] = (
    # code, kind, name, description
    ("M.1", "managerial", "Integritas",
     "Berkata dan bertindak sesuai nilai, norma, dan etika organisasi; jujur, dan menanggung keputusannya."),
    ("M.2", "managerial", "Kerja sama",
     "Menjalin dan memelihara hubungan kerja yang baik serta saling membantu untuk tujuan bersama."),
    ("M.3", "managerial", "Komunikasi",
     "Menyampaikan gagasan dengan jelas dan runtut, lisan dan tulisan; menyimak, dan meyakinkan orang lain."),
    ("M.4", "managerial", "Orientasi pada hasil",
     "Menuntaskan tugas dengan mutu yang dijanjikan, dan mengenali risiko maupun peluang perbaikan."),
    ("M.5", "managerial", "Pelayanan publik",
     "Melayani secara profesional, terbuka, netral, dan tanpa membeda-bedakan, sesuai standar pelayanan."),
    ("M.6", "managerial", "Pengembangan diri dan orang lain",
     "Menambah pengetahuan dan keterampilan sendiri; memberi umpan balik dan bimbingan kepada rekan."),
    ("M.7", "managerial", "Mengelola perubahan",
     "Menyesuaikan diri dengan keadaan baru, mendukung perubahan, dan memimpinnya."),
    ("M.8", "managerial", "Pengambilan keputusan",
     "Memutuskan tepat waktu dan hati-hati berdasarkan keterangan yang ada, lalu bertanggung jawab atasnya."),
    ("SK.1", "sociocultural", "Perekat bangsa",
     "Terbuka dan peka terhadap perbedaan, menumbuhkan toleransi, dan menyatukan warga yang beragam."),
    ("T.01", "technical", "Penyusunan naskah dinas",
     "Menyusun surat dan nota dinas yang benar bentuk, bahasa, dan kewenangannya."),
    ("T.02", "technical", "Pengelolaan arsip dinamis",
     "Mencatat, menyimpan, menemukan kembali, dan menyusutkan arsip sesuai jadwal retensi."),
    ("T.03", "technical", "Pemanfaatan aplikasi perkantoran",
     "Memakai lembar kerja, surel, dan dokumen bersama dengan benar untuk menyelesaikan tugas."),
    ("T.04", "technical", "Keamanan informasi dan pelindungan data",
     "Menjaga akun, tanda tangan elektronik, dan data pribadi warga, serta bertindak tepat bila data bocor."),
)  # fmt: skip

# What is learnt, in a few words; the five levels below are told of it.
THINGS: dict[str, str] = {
    "M.1": "nilai, norma, dan etika organisasi",
    "M.2": "cara bekerja bersama rekan dan unit lain",
    "M.3": "cara menyampaikan dan menyimak gagasan",
    "M.4": "cara menuntaskan tugas dengan mutu yang dijanjikan",
    "M.5": "standar pelayanan yang netral dan terbuka",
    "M.6": "cara belajar sendiri dan membimbing rekan",
    "M.7": "cara menyesuaikan diri dengan keadaan baru",
    "M.8": "cara memutuskan berdasarkan keterangan",
    "SK.1": "cara bekerja di tengah perbedaan",
    "T.01": "bentuk dan bahasa naskah dinas",
    "T.02": "pencatatan dan penyusutan arsip",
    "T.03": "lembar kerja, surel, dan dokumen bersama",
    "T.04": "penjagaan akun dan data pribadi warga",
}

STEPS = (
    "Mengenal {thing} dan mulai menerapkannya dengan bimbingan.",
    "Menerapkan {thing} dalam tugas sehari-hari tanpa bimbingan.",
    "Menerapkan {thing} pada keadaan yang tidak biasa, dan membantu rekan melakukannya.",
    "Menggerakkan unit kerja menerapkan {thing}, dan memperbaiki caranya.",
    "Menjadi rujukan dan membentuk kebijakan tentang {thing}.",
)
"""Own words for the five levels (names of levels: PermenPANRB 38/2017); they do not quote the regulation."""


def levels_of(code: str) -> tuple[str, ...]:
    """Return what the five levels of a competency mean, in own words."""
    return tuple(step.format(thing=THINGS[code]) for step in STEPS)


# Technical levels by code of position; examples, as each standard is set by its own decree.
TECHNICAL: tuple[tuple[str, str, int], ...] = (
    ("PLK-ADMUM", "T.01", 2),
    ("PLK-ADMUM", "T.02", 1),
    ("PLK-ADMUM", "T.03", 2),
    ("PLK-ADMUM", "T.04", 1),
    ("PLK-LAYANAN", "T.01", 1),
    ("PLK-LAYANAN", "T.04", 1),
    ("PWS-LURAH", "T.01", 2),
    ("PWS-KASUBBAG", "T.01", 3),
    ("PWS-KASUBBAG", "T.02", 2),
    ("JF-ARSIPARIS-TERAMPIL", "T.02", 3),
)

# Results of an invented assessment: NIP and the levels of M.1 to M.8, then SK.1.
RATINGS: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("199002142015032003", (1, 1, 1, 0, 1, 1, 0, 1, 1)),
    ("198809092010011002", (2, 2, 2, 2, 1, 2, 1, 2, 2)),
    ("198504172004121001", (2, 3, 2, 2, 2, 1, 2, 2, 2)),
    ("198812112009012004", (1, 1, 0, 1, 1, 1, 1, 1, 1)),
    ("196911051994031006", (3, 3, 3, 2, 3, 3, 2, 3, 3)),
    ("199101242019032008", (2, 2, 1, 2, 2, 2, 2, 1, 2)),
    ("198303192008042003", (2, 2, 2, 1, 2, 2, 2, 2, 3)),
    ("199105182017081002", (3, 3, 2, 3, 3, 3, 2, 3, 3)),
    ("199305252019032011", (2, 2, 2, 2, 2, 1, 2, 2, 2)),
    ("199102072018012002", (3, 2, 3, 3, 3, 2, 2, 3, 3)),
)
