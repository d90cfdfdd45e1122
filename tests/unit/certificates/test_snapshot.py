import json
from dataclasses import replace
from datetime import date

import pytest

from lms.domain.certificates import snapshot as frozen
from lms.domain.certificates.snapshot import Holder, Kind

from .samples import ENTRY, HOLDER, ISSUER, LONG_TRAINING, TRAINING, snapshot


def test_every_printed_field_is_frozen() -> None:
    made = snapshot()
    assert made | {"modules": None, "competencies": None} == {
        "template_version": frozen.TEMPLATE_VERSION,
        "kind": "sertifikat",
        "title": "Sertifikat",
        "result": "Telah mengikuti",
        "number": "B.589/BKPSDM/PK.2/XI/2026",
        "code": "7K3Q-X9M2-VA4T-H",
        "verify_url": "https://gurindam.example/v/7K3QX9M2VA4TH",
        "issued_at": "2026-11-20T17:30:00+00:00",
        "issued_on": "2026-11-21",
        "valid_until": None,
        "validity": "",
        "government": "Pemerintah Kota Tanjungpinang",
        "organiser": "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
        "partner": "",
        "basis": "Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara",
        "emblem": None,
        "name": "Drs. H. Muhammad Syahrul Ramadhan Al-Banjari, S.Sos., M.Si.",
        "nip_label": "NIP",
        "nip": "19700817 199603 1 004",
        "rank": "Pembina, IV/a",
        "position": "Kepala Bidang Pengembangan Kompetensi",
        "unit": "Bidang Pengembangan Kompetensi",
        "agency": "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
        "course": "Manajemen Pelayanan Publik",
        "course_code": "manajemen-pelayanan-publik",
        "course_version": 3,
        "started_on": "2026-11-02",
        "completed_on": "2026-11-20",
        "period": "tanggal 2 sampai 20 November 2026",
        "mode": "e-learning",
        "jp": 6,
        "jp_words": "enam",
        "minutes_per_jp": 45,
        "score": "",
        "predicate": "",
        "modules": None,
        "competencies": None,
        "legal_basis": ["UU 25/2009 tentang Pelayanan Publik", "PP 96/2012"],
        "place": "Tanjungpinang",
        "place_date": "Tanjungpinang, 21 November 2026",
        "signer_position": "Kepala Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
        "signer_name": "Dra. Hj. Encik Maryamah Contoh, M.M.",
        "signer_rank": "Pembina Utama Muda, IV/c",
        "signer_nip": "19680101 199203 2 001",
        "sample": True,
    }
    assert made["competencies"] == [
        {"code": "M.5", "title": "Pelayanan publik", "level": 2, "level_name": "dasar"},
        {"code": "M.3", "title": "Komunikasi", "level": 2, "level_name": "dasar"},
    ]


def test_a_snapshot_survives_json() -> None:
    made = snapshot(training=LONG_TRAINING)
    assert json.loads(json.dumps(made)) == made


def test_hours_of_the_modules_sum_to_the_course() -> None:
    modules = snapshot(training=LONG_TRAINING)["modules"]
    assert isinstance(modules, list)
    assert sum(module["jp"] for module in modules) == 20


def test_a_passed_training_is_called_so() -> None:
    made = snapshot(issuer=replace(ISSUER, kind=Kind.STTP), training=replace(TRAINING, score=87.5))
    assert (made["title"], made["result"], made["score"]) == ("Surat Tanda Tamat Pelatihan", "Lulus", "87,5")


def test_validity_is_said_in_words() -> None:
    made = snapshot(entry=replace(ENTRY, valid_until=date(2028, 11, 21)))
    assert (made["valid_until"], made["validity"]) == ("2028-11-21", "Berlaku sampai 21 November 2028")


@pytest.mark.parametrize(
    ("nip", "label"), [("198609262015051001", "NIP"), ("200012312024211001", "NI PPPK"), ("", "")]
)
def test_the_number_is_called_by_its_name(nip: str, label: str) -> None:
    assert snapshot(holder=Holder(name="Siti", nip=nip))["nip_label"] == label


def test_texts_are_tidied() -> None:
    made = snapshot(
        holder=replace(
            HOLDER, name="  Raja\u202e\tHaji\x07  Fisabilillah\ue000 ", unit="Kelurahan\nPenyengat"
        )
    )
    assert (made["name"], made["unit"]) == ("Raja Haji Fisabilillah", "Kelurahan Penyengat")
