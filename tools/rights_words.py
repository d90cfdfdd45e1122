"""Indonesian words of the table of rights: what a page is about, and what is done there."""

from __future__ import annotations


def _pairs(text: str) -> dict[str, str]:
    found = {}
    for line in text.strip().splitlines():
        key, words = line.split(" ", 1)
        found[key] = words
    return found


DESKS = {
    "": "Semua orang yang masuk, dan halaman umum",
    "trainer": "Meja pengajar",
    "hr": "Meja kepegawaian",
    "admin": "Meja admin",
}

PAGES = _pairs("""
account Akun sendiri
activation Aktivasi akun
admin Meja admin
admin.announcements Pengumuman
admin.audit Log kegiatan
admin.authors Penulis luar
admin.courses Pelatihan dan timnya
admin.hours Aturan JP
admin.partners Mitra penyelenggara
admin.positions Jabatan
admin.rates Tarif pelatihan
admin.roles Peran seseorang
admin.settings Pengaturan
admin.units Unit kerja
admin.users Pengguna
attempts Percobaan kuis
auth Masuk dan keluar
catalog Katalog pelatihan
certificates Sertifikat sendiri
checks Soal di dalam materi
course_files Berkas pelatihan
duties Pelatihan berkala sendiri
enrollment Keikutsertaan
evaluation Evaluasi pelatihan
followup_link Tindak lanjut lewat tautan
followups Tindak lanjut pelatihan sendiri
health Keadaan server
home Beranda
hr.announcements Pengumuman
hr.approvals Persetujuan JP
hr.assignments Penugasan
hr.certificates Sertifikat pegawai
hr.codes Kode aktivasi
hr.competencies Kamus kompetensi
hr.completions Penyelesaian dan sertifikat
hr.corrections Koreksi data
hr.doubles Data ganda
hr.effects Dampak pelatihan
hr.evaluations Evaluasi pelatihan
hr.exceptions Pengecualian penugasan
hr.exemptions Pembebasan dari pelatihan berkala
hr.exports Unduhan
hr.followups Tindak lanjut pegawai
hr.gaps Peta kesenjangan
hr.hours Rekapitulasi JP
hr.imports Impor kompetensi
hr.intake Impor pegawai
hr.undoing Pembatalan impor pegawai
hr.letters Surat tugas
hr.lists Daftar orang dari berkas
hr.needs Kebutuhan pengembangan (AKPK)
hr.obligations Pelatihan berkala
hr.outside Pelatihan di luar
hr.overview Ringkasan
hr.partners Mitra penyelenggara
hr.plans Rencana pengembangan
hr.programme_drafts Draf jalur pembelajaran
hr.programme_orders Penugasan jalur pembelajaran
hr.programmes Jalur pembelajaran
hr.ratings Penilaian kompetensi
hr.receipts Tanda terima kuis
hr.regulation_work Pekerjaan karena peraturan berubah
hr.regulations Peraturan
hr.reminder_office Pengaturan pengingat
hr.reminder_texts Teks pengingat
hr.reminders Pengingat
hr.staff Pegawai
hr.staff_changes Data pegawai
hr.signed Sertifikat yang ditandatangani
hr.results Indikator unit
hr.standards Standar jabatan
inquiries Pertanyaan peserta
lessons Materi
notices Pemberitahuan
organisers Mitra penyelenggara
outside Pelatihan di luar, milik sendiri
own_data Data sendiri
own_letters Surat tugas sendiri
parts Contoh bagian halaman
plans Rencana pengembangan sendiri
programmes Jalur pembelajaran sendiri
profile Profil sendiri
quizzes Kuis
reminders Pengingat sendiri
supplements Tambahan sesudah selesai
hr.tables Unduhan tabel
team Pegawai yang dipimpin
trainer.allowances Kelonggaran kuis
trainer.analysis Analisis butir
trainer.bank Bank soal
trainer.blueprints Kisi-kisi
trainer.corrections Perbaikan kunci
trainer.courses Pelatihan yang disusun
trainer.drafts Draf
trainer.editor Penyunting teks
trainer.evaluations Hasil evaluasi
trainer.exchange Tukar soal
trainer.exports Unduhan pelatihan
trainer.freshness Materi yang perlu ditinjau
trainer.imports Impor soal
trainer.inquiries Pertanyaan peserta
trainer.marking Penilaian esai
trainer.pictures Gambar
trainer.previews Pratinjau
trainer.problems Masalah teks
trainer.question_forms Formulir soal
trainer.results Hasil peserta
trainer.reviews Telaah
trainer.saves Riwayat simpanan
trainer.shared Bank bersama
trainer.shared_text Teks bank bersama
trainer.team Tim pelatihan
trainer.writing Naskah pelatihan
verification Pemeriksaan keaslian
""")

ACTS = _pairs("""
accept terima
access buka atau tutup untuk pengajar lain
add tambah
add_day tambah hari libur
add_days tambah beberapa hari libur
address_again coba lagi alamat surel
again ikuti lagi
agree setujui
alive hidup
answer jawab
apply simpan hasil percobaan
approve setujui JP
archive arsipkan atau pakai lagi
ask buka pertanyaan
ask_correction minta koreksi
ask_stop tanya sebelum berhenti
assignments penugasan
begin mulai
change ubah
change_password ganti kata sandi
check periksa
close tutup
columns kenali kolom
comment beri catatan
compare bandingkan
compare_file bandingkan berkas
compare_nip bandingkan NIP
confirm periksa sebelum dikumpulkan
contacts kontak untuk pesan
copy salin soal
correct koreksi
create buat
days hari libur
decide putuskan
decide_one putuskan satu kegiatan
decline tolak
discard batalkan
document buka dokumen
download unduh
drop buang
edit buka formulir
edit_page buka formulir
emblem lambang daerah
emblem_picture gambar lambang
end akhiri
end_device akhiri satu perangkat
end_links akhiri tautan
end_others akhiri perangkat lain
end_rule hentikan tindak lanjut
end_sessions akhiri semua perangkat
enter masukkan ke naskah
errors unduh baris yang salah
export unduh
extend minta waktu tambahan
file unduh berkas
find cari
finish tandai selesai
fix perbaiki
follow buka yang diberitahukan
form buka formulir
give beri
give_up batalkan kegiatan
grant beri
hand teruskan
hours JP
index lihat daftar
issue_code buat kode aktivasi
join ikut
language ganti bahasa
leave keluar
left yang berhenti
log riwayat pengiriman
logo lihat logo
losses yang tidak ikut terbawa
machine jawaban untuk mesin
make buat tautan
mark_changed tandai berubah
missing cari yang tidak ada
move pindahkan
near soal yang mirip
new buka formulir baru
newer lihat versi baru
notes catatan kejujuran
open_it buka
outside pelatihan di luar
paper lembar isian
password formulir kata sandi
people lihat orangnya
people_file unduh orangnya
person JP satu pegawai, semua tahun
picture buka gambar
piece buka bagian
place atur letak
plans rencana pengembangan
preview pratinjau
problems lihat masalah
proof buka bukti
publish terbitkan
put_away simpan sebagai arsip
put_off tunda
question lihat satu soal
read_all tandai semua terbaca
ready siap
release berlakukan
remove hapus
remove_day hapus hari libur
remove_emblem hapus lambang
remove_logo hapus logo
rename ganti nama
reopen buka kembali
replace ganti
reprint cetak ulang
restore kembalikan
result lihat hasil
retire nonaktifkan
reveal buka nama
revoke cabut
sample unduh contoh
save simpan
save_colleague simpan rekan kerja
save_columns simpan kolom
save_emblem simpan lambang
save_logo simpan logo
save_one simpan satu jawaban
save_plan simpan rencana
save_rule aktifkan tindak lanjut
save_settings simpan pengaturan
saves lihat riwayat
seed isi dari kelas jabatan
send kirim
set_head tetapkan kepala
settings pengaturan
settle putuskan
show lihat
sign unggah yang ditandatangani
sign_in masuk
sign_out keluar
snippets potongan teks
start mulai
state keadaan
stop berhenti
submit kumpulkan
take ambil dari daftar
take_back tarik kembali
team lihat tim
template unduh formulir
test kirim pesan uji
theme ganti tampilan
tidy rapikan
transcript unduh transkrip
trend per triwulan
trend_file unduh per triwulan
use pakai kode
withdraw mundur
withdraw_report tarik laporan
write tulis
""")
