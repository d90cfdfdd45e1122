"""Plain values that the certificate tests vary."""

from dataclasses import replace
from datetime import UTC, date, datetime

from lms.domain.certificates.snapshot import Entry, Holder, Issuer, Snapshot, Studied, Training, build

HOLDER = Holder(
    name="Drs. H. Muhammad Syahrul Ramadhan Al-Banjari, S.Sos., M.Si.",
    nip="197008171996031004",
    rank="Pembina, IV/a",
    position="Kepala Bidang Pengembangan Kompetensi",
    unit="Bidang Pengembangan Kompetensi",
    agency="Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
    sample=True,
)
TRAINING = Training(
    title="Manajemen Pelayanan Publik",
    code="manajemen-pelayanan-publik",
    version=3,
    jp=6,
    minutes_per_jp=45,
    mode="e-learning",
    started_on=date(2026, 11, 2),
    completed_on=date(2026, 11, 20),
    modules=(
        ("Asas pelayanan publik", 55),
        ("Di depan loket: menyambut, memeriksa, memberi tahu", 95),
        ("Mengelola pengaduan", 50),
        ("Mengukur dan memperbaiki pelayanan", 45),
        ("Ujian akhir", 30),
    ),
    competencies=(
        Studied(code="M.5", title="Pelayanan publik", level=2),
        Studied(code="M.3", title="Komunikasi", level=2),
    ),
    legal_basis=("UU 25/2009 tentang Pelayanan Publik", "PP 96/2012"),
)
ISSUER = Issuer(
    government="Pemerintah Kota Tanjungpinang",
    organiser="Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
    place="Tanjungpinang",
    basis="Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara",
    signer_position="Kepala Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
    signer_name="Dra. Hj. Encik Maryamah Contoh, M.M.",
    signer_rank="Pembina Utama Muda, IV/c",
    signer_nip="196801011992032001",
)
ENTRY = Entry(
    number="B.589/BKPSDM/PK.2/XI/2026",
    code="7K3QX9M2VA4TH",
    public_url="https://gurindam.example",
    issued_at=datetime(2026, 11, 20, 17, 30, tzinfo=UTC),  # 21 November in WIB
)
LONG_UNIT = (
    "Unit Pelaksana Teknis Daerah Pusat Kesehatan Masyarakat dan Laboratorium Kesehatan Daerah "
    "Kelurahan Melayu Kota Piring, Kecamatan Tanjungpinang Timur"
)
LONG_HOLDER = replace(
    HOLDER,
    name="Prof. Dr. Ir. Hj. Raja Tengku Encik Siti Nurhalizah Khairunnisa binti Raja Muhammad "
    "Syamsuddin Al-Haj Syahrul Ramadhan, S.K.M., S.Kep., Ns., M.Kes., M.Epid., Ph.D.",
    rank="Pembina Utama Madya, IV/d",
    position="Jabatan Fungsional Administrator Kesehatan Ahli Madya pada Seksi Pelayanan Kesehatan "
    "Primer dan Pengendalian Penyakit Menular Langsung",
    unit=LONG_UNIT,
    agency="Dinas Kesehatan, Pengendalian Penduduk, dan Keluarga Berencana",
)
ONE_WORD = "Wan" + "shahabuddinnurrahman" * 4
LONG_TRAINING = replace(
    TRAINING,
    title="Penyusunan Standar Operasional Prosedur Administrasi Pemerintahan dan Standar Pelayanan "
    "bagi Perangkat Daerah di Lingkungan Pemerintah Kota",
    jp=20,
    modules=tuple(
        (f"Mata pelatihan ke-{i}: menyusun, memeriksa, menguji, dan menetapkan prosedur di kantor", 40 + i)
        for i in range(1, 13)
    ),
    competencies=tuple(
        Studied(code=f"M.{i}", title="Mengembangkan diri sendiri dan orang lain", level=i % 5 + 1)
        for i in range(1, 9)
    ),
    legal_basis=tuple(f"Peraturan Lembaga Administrasi Negara Nomor {i} Tahun 2018" for i in range(1, 7)),
)


def snapshot(
    holder: Holder = HOLDER, training: Training = TRAINING, issuer: Issuer = ISSUER, entry: Entry = ENTRY
) -> Snapshot:
    """The snapshot of these values."""
    return build(holder, training, issuer, entry)
