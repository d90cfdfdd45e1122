"""What a file of each kind may hold, and the headers under which offices write it."""

from __future__ import annotations

PEOPLE, UNITS, POSITIONS = "people", "units", "positions"
KINDS = (PEOPLE, UNITS, POSITIONS)

_PEOPLE = {
    "name": "nama|nama lengkap|nama pegawai|nama asn|nama pns|nama pppk|nama dan gelar|"
    "nama lengkap dan gelar|"
    "nama lengkap gelar|nama pegawai gelar|nama tanpa gelar|name|full name",
    "title_before": "gelar depan|gelar dpn|gelar di depan",
    "title_after": "gelar belakang|gelar blk|gelar di belakang|gelar",
    "nip": "nip|nip baru|nip nippppk|nip nipppk|nip ni pppk|nipbaru nipppk|nipppk|nippppk|ni pppk|"
    "nomor nip|no nip|"
    "nip pegawai|nomor induk pegawai|nip nomor induk pegawai|nip 18 digit|nip18|nip pns|nip asn|nip niptt",
    "old_nip": "nip lama|nip sebelumnya|ni pppk lama|nipppk lama|nippppk lama|nomor lama",
    "email": "email|e mail|surel|alamat email|email dinas|email instansi|email gov",
    "employment": "status|status pegawai|status kepegawaian|jenis pegawai|jenis asn|status asn|"
    "jenis kepegawaian|"
    "kedudukan pegawai|employment",
    "rank": "pangkat|golongan|gol|gol ruang|golongan ruang|pangkat golongan|pangkat gol|pangkat gol ruang|"
    "pangkat golongan ruang|pangkat dan golongan|gol akhir|golongan akhir|pangkat gol akhir|rank",
    "unit_code": "kode unit|kode unit kerja|kode opd|kode skpd|kode unor|kode satker|id unor|kd unit|"
    "unit code",
    "unit": "unit|unit kerja|unit organisasi|unor|nama unor|nama unit|nama unit kerja|opd|skpd|"
    "satuan kerja|satker|"
    "perangkat daerah|instansi|tempat tugas|unit kerja opd|nama opd",
    "position_code": "kode jabatan|kd jabatan|id jabatan|position code",
    "position": "jabatan|nama jabatan|jabatan terakhir|jabatan saat ini|jabatan sekarang|jabatan nama|"
    "position",
    "since": "tmt|tmt jabatan|jabatan tmt|tmt unit|tmt mutasi|terhitung mulai tanggal|mulai bertugas|"
    "tmt unit kerja",
    "superior": "nip atasan|nip atasan langsung|atasan langsung nip|atasan nip|nip pejabat penilai|"
    "nip penilai",
}
_UNITS = {
    "code": "kode|kode unit|kode unit kerja|kode opd|kode unor|kode satker|kd unit|id unor|unit code|code",
    "name": "nama|nama unit|nama unit kerja|unit|unit kerja|nama unor|nama opd|unor|opd|name",
    "parent": "kode induk|kode unit induk|kode atasan|induk|kode unor induk|kode unit atasan|unit induk|"
    "parent|"
    "parent code",
    "head": "nip kepala|nip pimpinan|nip kepala unit|kepala nip|nip pejabat",
}
_POSITIONS = {
    "code": "kode|kode jabatan|kd jabatan|id jabatan|code|position code",
    "name": "nama|jabatan|nama jabatan|name|position",
    "rank_class": "kelas|jenjang|jenis jabatan|jenjang jabatan|eselon|kelompok jabatan|kelas jabatan|class",
}
FIELDS = {PEOPLE: tuple(_PEOPLE), UNITS: tuple(_UNITS), POSITIONS: tuple(_POSITIONS)}
"""Fields of each kind in the order in which they are offered."""
REQUIRED = {PEOPLE: ("name", "nip"), UNITS: ("code", "name"), POSITIONS: ("code", "name", "rank_class")}
"""Fields without which a file of this kind says nothing."""


def _plain(table: dict[str, str]) -> dict[str, str]:
    return {
        spelling.replace(" ", ""): field for field, words in table.items() for spelling in words.split("|")
    }


SPELLINGS = {PEOPLE: _plain(_PEOPLE), UNITS: _plain(_UNITS), POSITIONS: _plain(_POSITIONS)}
"""{kind: {header without blanks and marks: field}}"""
