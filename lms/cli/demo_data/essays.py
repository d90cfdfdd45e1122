"""What invented people write when a course asks for an essay, and what their trainer says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.content.questions import Question
from lms.content.questions.essay import clean
from lms.domain.accounts.models import User
from lms.domain.progress.actions import Office, mark_essay
from lms.domain.quizzes.actions import Judgement
from lms.domain.quizzes.models import Attempt, Response
from lms.domain.quizzes.queries import quiz_of

WAITING_DAYS = 14  # what was handed in since then is still to be marked


@dataclass(frozen=True)
class Written:
    """An essay, the level of the rubric it deserves, and the trainer's comment."""

    text: str
    level: int
    comment: str


ESSAYS: Mapping[str, tuple[Written, ...]] = {
    "tis-esai-1": (
        Written(
            "Unit saya adalah seksi pelayanan di sebuah kelurahan dengan "
            "lima pegawai. Keadaan sekarang: setiap orang menyimpan berkas di laptop sendiri, dan folder "
            "bersama hanya berisi foto kegiatan.\n\n"
            "Pekan pertama, saya menyusun folder bersama menurut kegiatan: 01-Surat-pengantar, "
            "02-Pengaduan, 03-Musyawarah, 04-Kepegawaian, dan 99-Sementara. Pola nama berkasnya tanggal, "
            "jenis, unit, lalu versi, misalnya 2026-06-02_Rekap_Pengaduan_v01. Penanggung jawab: saya, "
            "selesai hari Jumat.\n\n"
            "Pekan kedua, hak akses. Semua pegawai boleh melihat 01 dan 03. Pengaduan hanya dilihat dua "
            "petugas pengaduan dan lurah. Kepegawaian hanya sekretaris lurah dan lurah. Yang mengatur "
            "akses adalah sekretaris lurah, selesai Jumat berikutnya. Pegawai yang pindah dicabut aksesnya "
            "pada hari itu juga.\n\n"
            "Pekan ketiga, cadangan. Berkas terpenting kami rekap pengaduan. Salinannya di disk luar "
            "setiap Jumat, disimpan di lemari terkunci, dan satu salinan di layanan kantor yang punya "
            "riwayat versi. Uji pulihkan satu berkas setiap awal bulan, dicatat di buku. Penanggung "
            "jawab: petugas pengaduan, mulai pekan itu.\n\n"
            "Pekan keempat, kebiasaan memfoto KTP dengan ponsel pribadi dihentikan. Gantinya: nomor yang "
            "perlu dicatat langsung di aplikasi layanan. Lurah mengumumkannya pada apel Senin.\n\n"
            "Bila data hilang atau bocor, petugas segera menelepon lurah dan Diskominfo, mencatat jam dan "
            "jenis datanya, dan tidak menghapus apa pun. Pemberitahuan tertulis disiapkan instansi dalam "
            "3 x 24 jam, termasuk hari libur.",
            4,
            "Lengkap dan dapat dikerjakan orang lain. Pertahankan kebiasaan menyebut nama tugas dan tanggal.",
        ),
        Written(
            "Di sekolah kami, folder bersama sudah ada tetapi namanya menurut guru. Saya akan mengubahnya "
            "menurut kegiatan: Kurikulum, Kesiswaan, Tata-usaha, dan Sementara. Nama berkas memakai "
            "tanggal di depan supaya terurut.\n\n"
            "Hak akses: guru boleh melihat Kurikulum dan mengubah bagiannya sendiri. Folder Kesiswaan "
            "memuat data anak, jadi hanya wali kelas dan kepala sekolah yang membukanya. Tata usaha hanya "
            "untuk pegawai tata usaha.\n\n"
            "Cadangan dibuat ke disk luar setiap Jumat oleh operator, lalu disimpan di ruang kepala "
            "sekolah. Setiap awal bulan satu berkas dipulihkan ke folder lain untuk diuji.\n\n"
            "Kebiasaan yang berbahaya di tempat kami adalah mengirim daftar nama murid lewat grup "
            "percakapan. Gantinya, daftar disimpan di folder terbatas dan yang dikirim hanya tautannya. "
            "Bila ada data yang tersebar, wali kelas melapor kepada kepala sekolah pada hari itu juga, "
            "lalu kepala sekolah menghubungi Diskominfo. Semua ini dimulai bulan depan dan dibahas dalam "
            "rapat guru.",
            3,
            "Rencananya jelas dan data anak dijaga. Tambahkan tanggal dan penanggung jawab untuk hak akses.",
        ),
        Written(
            "Menurut saya folder harus rapi dan data warga harus dijaga. Kami akan membuat folder bersama "
            "supaya mudah dicari, membuat cadangan secara rutin, dan mengingatkan semua pegawai agar "
            "tidak membagikan sandi. Kalau ada data bocor kami akan melapor kepada pimpinan.",
            1,
            "Gagasannya benar, tetapi belum tentang unit Anda. Sebut satu folder, orang, dan tanggal.",
        ),
    ),
    "mpp-rencana-01": (
        Written(
            "Layanan saya legalisir di kelurahan. Warga mengeluh harus datang dua kali: 8 dari 10 warga "
            "yang saya tanya pekan lalu mengatakannya. Sebabnya, lurah menandatangani hanya pada pagi "
            "hari.\n\n"
            "Ukurannya banyaknya warga yang cukup sekali datang. Dari 25 berkas terakhir, 9 yang selesai "
            "pada hari yang sama, jadi 36 persen.\n\n"
            "Perubahannya satu: lurah menandatangani pada dua jam tetap, pukul 09.30 dan 13.30. "
            "Sekretaris lurah mengingatkan, dan saya mencatat setiap berkas. "
            "Percobaan berjalan dua pekan, mulai Senin depan.\n\n"
            "Yang mungkin terhambat ialah warga dari pulau, karena perahu siang berangkat sebelum pukul "
            "13.30. Untuk mereka disediakan tanda tangan sebelum pukul 12.00 bila diberitahukan di loket.\n\n"
            "Bila lebih dari 60 persen cukup sekali datang, jam itu kami usulkan masuk ke standar "
            "pelayanan. Bila belum, kami kembali ke cara lama dan mencoba pelimpahan tanda tangan kepada "
            "sekretaris lurah. Hasilnya ditempel di papan, naik ataupun tidak.",
            4,
            "Ukuran sebelum dan sesudahnya sama, dan warga pulau terpikirkan. Bawa kepada lurah.",
        ),
        Written(
            "Di puskesmas kami warga mengeluh lama menunggu di pendaftaran. Saya mengetahuinya dari kotak "
            "saran dan dari teman-teman di loket. Ukurannya waktu tunggu, tetapi angkanya belum kami "
            "catat.\n\n"
            "Perubahan yang dicoba: pasien lama dan pasien baru dipisahkan menjadi dua meja. Petugasnya "
            "saya dan satu rekan, mulai bulan depan selama dua pekan. Lansia yang tidak dapat membaca "
            "papan mungkin bingung, jadi satpam membantu mengarahkan.\n\n"
            "Bila hasilnya baik, cara ini diteruskan. Bila belum, kami bahas lagi dalam rapat.",
            2,
            "Masalahnya nyata. Catat dulu waktu tunggunya, supaya hasilnya dapat dibandingkan.",
        ),
    ),
    "cf-e-01": (
        Written(
            "Pekerjaan yang sering keliru di kelurahan kami adalah mengarsipkan surat keterangan. "
            "Nomornya kadang ganda, dan surat lama sulit dicari saat warga datang lagi.\n\n"
            "Pesertanya empat pelaksana di bagian pelayanan. Sesudah pelatihan, mereka memberi "
            "nomor dari buku agenda dan menyimpan surat menurut tanggal, sehingga surat lama "
            "ditemukan dalam lima menit.\n\n"
            "Materinya dua: cara membaca buku agenda, dan urutan map. Soalnya: “Surat keterangan "
            "usaha tanggal 3 Maret dicari pemiliknya. Map mana yang Anda buka lebih dulu?” "
            "Pilihannya diambil dari kesalahan yang benar-benar terjadi.",
            4,
            "Soal Anda menguji tujuan yang Anda sebut. Pertahankan cara ini.",
        ),
        Written(
            "Di unit saya sering ada kekeliruan pada daftar hadir. Saya akan membuat pelatihan "
            "tentang pengisian daftar hadir untuk semua pegawai.\n\n"
            "Materinya menjelaskan cara mengisi, dan soalnya menanyakan kapan daftar hadir ditutup.",
            2,
            "Sebutkan apa yang peserta kerjakan dengan lebih baik, lalu tulis soal yang mengujinya.",
        ),
    ),
}


def essay_of(question: Question, person: User) -> str | None:
    """What this person writes, as the site keeps it; None for a question nobody here has thought about."""
    essays = ESSAYS.get(question.id, ())
    return clean(essays[person.id % len(essays)].text) if essays else None


def mark_essays(session: Session, *, by: User, office: Office, now: datetime) -> None:
    """Mark what was handed in more than two weeks ago, each three days after it came."""
    asked = select(Response).where(Response.question_key.in_(ESSAYS))
    for response in session.scalars(asked.order_by(Response.attempt_id)):
        attempt = session.get_one(Attempt, response.attempt_id)
        if attempt.submitted_at is None or now - attempt.submitted_at < timedelta(days=WAITING_DAYS):
            continue
        quiz = quiz_of(session, attempt.version_id, attempt.quiz_key)
        question = next(one for one in quiz.questions() if one.id == response.question_key)
        written = next(one for one in ESSAYS[question.id] if clean(one.text) == response.answer)
        given = Judgement(Decimal(written.level), written.comment, reason="", seen=0)
        marked_at = attempt.submitted_at + timedelta(days=3)
        mark_essay(session, attempt, question, given, by=by.id, now=marked_at, office=office)
