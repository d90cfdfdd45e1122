"""What invented people write when a course asks for an essay: plans of different quality, to be marked."""

from __future__ import annotations

ESSAYS: tuple[str, ...] = (
    """Unit saya adalah seksi pelayanan di sebuah kelurahan dengan lima pegawai. Keadaan sekarang: setiap orang menyimpan berkas di laptop sendiri, dan folder bersama hanya berisi foto kegiatan.

Pekan pertama, saya menyusun folder bersama menurut kegiatan: 01-Surat-pengantar, 02-Pengaduan, 03-Musyawarah, 04-Kepegawaian, dan 99-Sementara. Pola nama berkasnya tanggal, jenis, unit, lalu versi, misalnya 2026-12-02_Rekap_Pengaduan_v01. Penanggung jawab: saya, selesai Jumat, 4 Desember.

Pekan kedua, hak akses. Semua pegawai boleh melihat 01 dan 03. Pengaduan hanya dilihat dua petugas pengaduan dan lurah. Kepegawaian hanya sekretaris lurah dan lurah. Yang mengatur akses adalah sekretaris lurah, selesai 11 Desember. Pegawai yang pindah dicabut aksesnya pada hari itu juga.

Pekan ketiga, cadangan. Berkas terpenting kami rekap pengaduan. Salinannya di disk luar setiap Jumat, disimpan di lemari terkunci, dan satu salinan di layanan kantor yang punya riwayat versi. Uji pulihkan satu berkas setiap awal bulan, dicatat di buku. Penanggung jawab: petugas pengaduan, mulai 18 Desember.

Pekan keempat, kebiasaan memfoto KTP dengan ponsel pribadi dihentikan. Gantinya: nomor yang perlu dicatat langsung di aplikasi layanan. Lurah mengumumkannya pada apel 21 Desember.

Bila data hilang atau bocor, petugas segera menelepon lurah dan Diskominfo, mencatat jam dan jenis datanya, dan tidak menghapus apa pun. Pemberitahuan tertulis disiapkan instansi dalam 3 x 24 jam, termasuk hari libur.""",  # noqa: E501
    """Di sekolah kami, folder bersama sudah ada tetapi namanya menurut guru. Saya akan mengubahnya menurut kegiatan: Kurikulum, Kesiswaan, Tata-usaha, dan Sementara. Nama berkas memakai tanggal di depan supaya terurut.

Hak akses: guru boleh melihat Kurikulum dan mengubah bagiannya sendiri. Folder Kesiswaan memuat data anak, jadi hanya wali kelas dan kepala sekolah yang membukanya. Tata usaha hanya untuk pegawai tata usaha.

Cadangan dibuat ke disk luar setiap Jumat oleh operator, lalu disimpan di ruang kepala sekolah. Setiap awal bulan satu berkas dipulihkan ke folder lain untuk diuji.

Kebiasaan yang berbahaya di tempat kami adalah mengirim daftar nama murid lewat grup percakapan. Gantinya, daftar disimpan di folder terbatas dan yang dikirim hanya tautannya. Bila ada data yang tersebar, wali kelas melapor kepada kepala sekolah pada hari itu juga, lalu kepala sekolah menghubungi Diskominfo. Semua ini dimulai bulan depan dan dibahas dalam rapat guru.""",  # noqa: E501
    """Menurut saya folder harus rapi dan data warga harus dijaga. Kami akan membuat folder bersama supaya mudah dicari, membuat cadangan secara rutin, dan mengingatkan semua pegawai agar tidak membagikan sandi. Kalau ada data bocor kami akan melapor kepada pimpinan.""",  # noqa: E501
)
