"""The competency dictionary of PermenPANRB 38/2017 in own words, and four technical competencies."""

from __future__ import annotations

COMPETENCIES: tuple[tuple[str, str, str, str], ...] = (
    # code, kind, name, description
    ("M.1", "managerial", "Integritas",
     "Berkata dan bertindak sesuai nilai, norma, dan etika organisasi; jujur, dan menanggung keputusannya."
     " Dasar: PermenPANRB 38/2017."),
    ("M.2", "managerial", "Kerja sama",
     "Menjalin dan memelihara hubungan kerja yang baik serta saling membantu untuk tujuan bersama."
     " Dasar: PermenPANRB 38/2017."),
    ("M.3", "managerial", "Komunikasi",
     "Menyampaikan gagasan dengan jelas dan runtut, lisan dan tulisan; menyimak, dan meyakinkan orang lain."
     " Dasar: PermenPANRB 38/2017."),
    ("M.4", "managerial", "Orientasi pada hasil",
     "Menuntaskan tugas dengan mutu yang dijanjikan, dan mengenali risiko maupun peluang perbaikan."
     " Dasar: PermenPANRB 38/2017."),
    ("M.5", "managerial", "Pelayanan publik",
     "Melayani secara profesional, terbuka, netral, dan tanpa membeda-bedakan, sesuai standar pelayanan."
     " Dasar: PermenPANRB 38/2017."),
    ("M.6", "managerial", "Pengembangan diri dan orang lain",
     "Menambah pengetahuan dan keterampilan sendiri; memberi umpan balik dan bimbingan kepada rekan."
     " Dasar: PermenPANRB 38/2017."),
    ("M.7", "managerial", "Mengelola perubahan",
     "Menyesuaikan diri dengan keadaan baru, mendukung perubahan, dan memimpinnya."
     " Dasar: PermenPANRB 38/2017."),
    ("M.8", "managerial", "Pengambilan keputusan",
     "Memutuskan tepat waktu dan hati-hati berdasarkan keterangan yang ada, lalu bertanggung jawab atasnya."
     " Dasar: PermenPANRB 38/2017."),
    ("SK.1", "sociocultural", "Perekat bangsa",
     "Terbuka dan peka terhadap perbedaan, menumbuhkan toleransi, dan menyatukan warga yang beragam."
     " Dasar: PermenPANRB 38/2017."),
    ("T.01", "technical", "Penyusunan naskah dinas",
     "Menyusun surat dan nota dinas yang benar bentuk, bahasa, dan kewenangannya."),
    ("T.02", "technical", "Pengelolaan arsip dinamis",
     "Mencatat, menyimpan, menemukan kembali, dan menyusutkan arsip sesuai jadwal retensi."),
    ("T.03", "technical", "Pemanfaatan aplikasi perkantoran",
     "Memakai lembar kerja, surel, dan dokumen bersama dengan benar untuk menyelesaikan tugas."),
    ("T.04", "technical", "Keamanan informasi dan pelindungan data",
     "Menjaga akun, tanda tangan elektronik, dan data pribadi warga, serta bertindak tepat bila data bocor."),
)  # fmt: skip

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
