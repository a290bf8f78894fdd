# Every sentence a person reads, in Indonesian. locales/en.ftl has the same keys and arguments.
#
# Functions: IDR(amount) "Rp25.000" · DAY(date) "Sabtu, 22 November 2025" ·
# CLOCK(instant, zone) "06.00 WIB" · MOMENT(instant, zone) "Sabtu, 22 November 2025 pukul 06.00 WIB".
# Blank lines in a text part its paragraphs.

## Words that several texts share

say-idr = { IDR($amountIdr) }
say-day = { DAY($date) }
say-day-at = { DAY($date) } pukul { CLOCK($at, $zone) }
say-moment = { MOMENT($at, $zone) }
say-period = { MOMENT($from, $zone) } sampai { MOMENT($to, $zone) }
say-clock = { CLOCK($at, $zone) }

say-offering =
    { $kind ->
        [permit] Jalur
        [appointment] Layanan
       *[plan] Paket
    }
say-party =
    { $kind ->
        [permit] { $quantity } orang
       *[other] { $quantity } tempat
    }
say-state =
    { $state ->
        [held] Menunggu pembayaran
        [review] Pembayaran diperiksa
        [paid] LUNAS
        [expired] Kedaluwarsa
        [cancelled] Dibatalkan
        [refund_due] Menunggu pengembalian dana
        [refunded] Dana dikembalikan
       *[completed] Selesai
    }
say-method =
    { $method ->
        [bank_transfer] Transfer bank (virtual account)
        [bca_va] Virtual account BCA
        [bni_va] Virtual account BNI
        [bri_va] Virtual account BRI
        [permata_va] Virtual account Permata
        [cimb_va] Virtual account CIMB Niaga
        [echannel] Mandiri Bill
        [qris] QRIS
        [other_qris] QRIS
        [gopay] GoPay
        [shopeepay] ShopeePay
        [dana] DANA
        [ovo] OVO
        [credit_card] Kartu
        [cstore] Gerai
        [ewallet] Dompet digital
        [retail_outlet] Gerai
        [qr_code] QRIS
       *[other] Daring
    }
say-days = { $days } hari
say-refund =
    { $refund ->
        [due] akan dikembalikan
        [requested] sedang dikembalikan
        [done] sudah dikembalikan
       *[by_hand] dikembalikan lewat transfer oleh pengelola
    }
say-repair =
    { $repair ->
        [queued] dalam antrean
        [in_progress] sedang dikerjakan
        [waiting_part] menunggu suku cadang
        [ready] selesai dan siap diambil
        [handed_over] sudah diserahkan
       *[none] belum dimulai
    }

## Notices: what every mail has

notice-greeting = Halo { $name },
notice-greeting-nameless = Halo,
notice-code = Kode pesanan
notice-day = Waktu
notice-party = Jumlah
notice-amount = Total
notice-paid = Diterima
notice-refund = Pengembalian
notice-state = Status
notice-deadline-elsewhere = batas waktu di halaman pesanan
notice-attached =
    { $tickets ->
        [ready] E-tiket, kuitansi, dan berkas kalender terlampir pada email ini.
       *[none] Kuitansi dan berkas kalender terlampir pada email ini.
    }
notice-link = Kalau tombol tidak berfungsi, buka alamat ini:
notice-secret =
    { $kind ->
        [permit] Tautan di email ini hanya untuk Anda: siapa pun yang memegangnya dapat melihat pesanan dan e-tiket.
        [appointment] Tautan di email ini hanya untuk Anda: siapa pun yang memegangnya dapat melihat dan mengubah pesanan.
       *[plan] Tautan di email ini hanya untuk Anda: siapa pun yang memegangnya dapat melihat langganan dan membayarnya.
    }
notice-contact = Ada pertanyaan? Hubungi { $business }: { $contact }
notice-operator-lines =
    Kode: { $code }
    { say-offering }: { $offering }
    Waktu: { $when }
    Jumlah: { say-party }
    Status: { say-state }
    Total { IDR($amountIdr) }, diterima { IDR($paidIdr) }
notice-operator-end = Rincian dan seluruh riwayatnya: npm run pesan -- booking show { $code }

notice-do-pay = Bayar sekarang
notice-do-pay-again = Coba bayar lagi
notice-do-pay-difference = Bayar selisihnya
notice-do-tickets = Unduh e-tiket (PDF)
notice-do-status = Lihat pesanan
notice-do-choose = Pilih tanggal baru

notice-money =
    { $money ->
        [nothing] Tidak ada uang yang kami terima untuk pesanan ini, jadi tidak ada yang perlu dikembalikan.
        [kept] Sesuai aturan pembatalan, tidak ada uang yang dikembalikan untuk pesanan ini.
        [due] { IDR($refundIdr) } akan kami kembalikan lewat cara bayar yang Anda pakai. Anda tidak perlu melakukan apa-apa; kami kabari begitu terkirim.
        [requested] { IDR($refundIdr) } sedang dikembalikan lewat cara bayar yang Anda pakai. Anda tidak perlu melakukan apa-apa; kami kabari begitu terkirim.
        [done] { IDR($refundIdr) } sudah dikembalikan lewat cara bayar yang Anda pakai.
       *[by_hand] { IDR($refundIdr) } akan dikembalikan kepada Anda. Uang dari transfer bank tidak bisa kembali secara otomatis, jadi { $business } akan menghubungi Anda untuk menanyakan rekening tujuan. Kami tidak pernah meminta PIN, OTP, atau kata sandi.
    }

## Notices: what happened

notice-held-subject = Tempat Anda ditahan: bayar sebelum { $deadlineClock } ({ $code })
notice-held-title = Tempat Anda ditahan
notice-held-text =
    Bayar { IDR($amountIdr) } paling lambat { $deadline }. Setelah itu tempatnya diberikan kepada orang lain.

    { $kind ->
        [permit] Pilih cara bayar yang Anda suka: virtual account, QRIS, dompet digital, atau kartu. E-tiket datang ke email ini begitu pembayaran kami terima.
       *[other] Pilih cara bayar yang Anda suka: virtual account, QRIS, dompet digital, atau kartu. Kepastian dan kuitansi datang ke email ini begitu pembayaran kami terima.
    }
notice-held-operator = Pesanan baru menunggu pembayaran.

notice-offered-subject = Ada tempat untuk Anda: bayar sebelum { $deadlineClock } ({ $code })
notice-offered-title = Giliran Anda: tempatnya tersedia
notice-offered-text =
    Anda ada di daftar tunggu, dan sekarang ada tempat. Kami menahannya untuk Anda sampai { $deadline }.

    Bayar { IDR($amountIdr) } sebelum waktu itu dan tempatnya milik Anda. Kalau tidak, tawaran ini berlanjut ke antrean berikutnya, tanpa biaya apa pun.
notice-offered-operator = Tempat yang kosong ditawarkan kepada daftar tunggu.

notice-remind-subject = Segera berakhir: bayar sebelum { $deadlineClock } ({ $code })
notice-remind-title = Waktu bayar hampir habis
notice-remind-text =
    Kami belum menerima pembayaran Anda. Tempat Anda masih ditahan sampai { $deadline }; setelah itu dilepas.

    Sudah membayar? Abaikan pesan ini. Kabar dari bank kadang terlambat beberapa menit.
notice-remind-operator = Pengingat bayar dikirim.

notice-denied-subject = Pembayaran ditolak, tempat Anda masih ditahan ({ $code })
notice-denied-title = Pembayaran ditolak
notice-denied-text =
    Bank atau penyedia pembayaran menolak pembayaran ini. Pesanan Anda belum lunas, dan uang untuk percobaan ini tidak kami terima.

    Tempat Anda masih ditahan sampai { $deadline }. Silakan coba lagi, dengan kartu atau cara bayar lain. Kalau saldo Anda sempat terpotong, bank akan mengembalikannya.
notice-denied-operator = Satu percobaan bayar ditolak; tempat masih ditahan.

notice-review-subject = Pembayaran Anda sedang diperiksa ({ $code })
notice-review-title = Pembayaran sedang diperiksa
notice-review-text =
    Penyedia pembayaran memeriksa transaksi ini sebelum meneruskannya. Biasanya beberapa jam, paling lama 24 jam.

    Tempat Anda tetap aman selama itu. Jangan membayar lagi; kami kabari hasilnya lewat email ini.
notice-review-operator = Pembayaran ditahan untuk diperiksa (fraud challenge). Terima atau tolak di dasbor penyedia dalam 24 jam.

notice-underpaid-subject = Pembayaran kurang { IDR($missingIdr) } ({ $code })
notice-underpaid-title = Pembayaran belum cukup
notice-underpaid-text =
    { $kind ->
        [permit] Kami menerima { IDR($paidIdr) } dari { IDR($amountIdr) }. Masih kurang { IDR($missingIdr) }, jadi e-tiket belum bisa diterbitkan.
       *[other] Kami menerima { IDR($paidIdr) } dari { IDR($amountIdr) }. Masih kurang { IDR($missingIdr) }, jadi janji temu Anda belum pasti.
    }

    Uang Anda tercatat dan tidak hilang. Buka halaman pesanan untuk melihat cara melunasinya, atau hubungi { $business }.
notice-underpaid-operator = Pembayaran kurang { IDR($missingIdr) }. Hubungi pelanggan, atau kembalikan yang sudah masuk.

notice-overpaid-subject = Pembayaran lebih { IDR($excessIdr) } ({ $code })
notice-overpaid-title = Anda membayar lebih
notice-overpaid-text =
    Kami menerima { IDR($paidIdr) } untuk pesanan seharga { IDR($amountIdr) }. Kelebihan { IDR($excessIdr) } adalah uang Anda.

    { $money ->
        [nothing] { $business } akan mengembalikannya dan mengabari Anda.
        [kept] { $business } akan mengembalikannya dan mengabari Anda.
       *[other] { notice-money }
    }
notice-overpaid-operator = Pembayaran lebih { IDR($excessIdr) }. Kelebihannya harus dikembalikan.

notice-paid-subject =
    { $kind ->
        [permit] LUNAS: e-tiket { $offering }, { DAY($date) } ({ $code })
       *[other] LUNAS: janji temu { $when } ({ $code })
    }
notice-paid-title = Lunas. Sampai jumpa!
notice-paid-text =
    { $tickets ->
        [ready] Pembayaran { IDR($paidIdr) } sudah kami terima. E-tiket Anda siap: satu halaman dengan satu kode QR untuk setiap orang.
        [issuing] Pembayaran { IDR($paidIdr) } sudah kami terima. E-tiket sedang diterbitkan dan muncul di halaman pesanan sebentar lagi.
       *[none] Pembayaran { IDR($paidIdr) } sudah kami terima. Pesanan Anda sudah pasti.
    }

    { $kind ->
        [permit] Tunjukkan kode QR di gerbang, di layar atau di kertas, bersama identitas asli. Simpan PDF-nya di ponsel; di gunung sering tidak ada sinyal.
       *[other] Datanglah pada waktunya dan tunjukkan kode pesanan.
    }
notice-paid-operator = Pesanan lunas.

notice-expired-subject = Kedaluwarsa: waktu bayar habis ({ $code })
notice-expired-title = Waktu bayar habis
notice-expired-text =
    { $unconfirmed ->
        [yes] Sampai { $deadline } pembayaran Anda tidak dapat kami pastikan, karena penyedia pembayaran tidak menjawab. Tempatnya terpaksa kami lepas.
       *[no] Sampai { $deadline } pembayaran Anda belum kami terima, jadi tempatnya kami lepas. Pesanan ini tidak berlaku lagi.
    }

    { $money ->
        [nothing] Jangan memakai nomor virtual account atau kode QR yang lama. Kalau Anda terlanjur membayar, uangnya tidak hilang: begitu sampai, pesanan berlaku lagi selama tempatnya masih ada, dan kalau tidak, uangnya dikembalikan. Kami kabari Anda.
        [kept] { $business } akan menghubungi Anda tentang { IDR($paidIdr) } yang sudah kami terima.
       *[other] { notice-money }
    }

    Masih ingin datang? Buat pesanan baru selama tempatnya ada.
notice-expired-operator =
    { $unconfirmed ->
        [yes] Waktu bayar habis selagi penyedia tidak menjawab: tempat dilepas, pembayaran belum dipastikan.
       *[no] Waktu bayar habis; tempat dilepas.
    }

notice-cancelled-subject = Pesanan dibatalkan ({ $code })
notice-cancelled-title = Pesanan dibatalkan
notice-cancelled-text =
    { $kind ->
        [permit] Pesanan ini sudah dibatalkan. Tempatnya dilepas dan e-tiket yang pernah terbit tidak berlaku lagi.
       *[other] Janji temu ini sudah dibatalkan, dan jamnya dilepas.
    }

    { notice-money }
notice-cancelled-operator = Pesanan dibatalkan.

notice-closed-subject = { $business } tutup pada { DAY($date) } ({ $code })
notice-closed-title = Tutup pada tanggal Anda
notice-closed-text =
    { $kind ->
        [permit] Mohon maaf: { $business } menutup { $offering } pada { DAY($date) }. Pesanan Anda tidak bisa dijalankan, dan e-tiketnya tidak berlaku lagi.
       *[other] Mohon maaf: { $business } tutup pada { DAY($date) }. Janji temu Anda tidak bisa dijalankan.
    }

    { $money ->
        [nothing] Tidak ada uang yang kami terima untuk pesanan ini, jadi tidak ada yang perlu dikembalikan.
        [kept] { $business } akan menghubungi Anda tentang pembayaran Anda sebesar { IDR($paidIdr) }.
       *[other] { notice-money }
    }
notice-closed-operator = Pesanan berakhir karena penutupan.

notice-late_paid-subject = Pembayaran terlambat diterima, pesanan berlaku lagi ({ $code })
notice-late_paid-title = Pesanan Anda berlaku lagi
notice-late_paid-text =
    Uang Anda sampai setelah waktu bayar habis. Untunglah tempatnya masih ada: kami mengambilnya lagi untuk Anda, dan pesanan ini lunas.

    { $tickets ->
        [ready] E-tiket Anda siap: satu halaman dengan satu kode QR untuk setiap orang.
        [issuing] E-tiket sedang diterbitkan dan muncul di halaman pesanan sebentar lagi.
       *[none] Datanglah pada waktunya dan tunjukkan kode pesanan.
    }
notice-late_paid-operator = Uang datang setelah waktu bayar habis; tempatnya masih ada dan diambil lagi.

notice-moved-subject = Tanggal dipindah ke { DAY($date) } ({ $code })
notice-moved-title = Tanggal Anda sudah dipindah
notice-moved-text =
    Tanggal baru Anda: { $when }.

    { $tickets ->
        [ready] E-tiket yang lama tidak berlaku lagi. Unduh yang baru dan hapus yang lama.
        [issuing] E-tiket yang lama tidak berlaku lagi. Yang baru sedang diterbitkan dan muncul di halaman pesanan sebentar lagi.
       *[none] Kode pesanan Anda tetap sama.
    }

    { $money ->
        [nothing] Harga pesanan sekarang { IDR($amountIdr) }.
        [kept] Harga pesanan sekarang { IDR($amountIdr) }.
       *[other] Tanggal ini lebih murah. { notice-money }
    }
notice-moved-operator = Tanggal pesanan dipindah.

notice-move_lapsed-subject = Tanggal tidak jadi dipindah ({ $code })
notice-move_lapsed-title = Tanggal tidak jadi dipindah
notice-move_lapsed-text =
    Selisih harga tidak kami terima tepat waktu, jadi tempat di tanggal yang baru kami lepas.

    { $kind ->
        [permit] Anda tidak kehilangan apa-apa: pesanan tetap untuk { $when }, dan e-tiket yang Anda punya tetap berlaku.
       *[other] Anda tidak kehilangan apa-apa: janji temu Anda tetap pada { $when }.
    }
notice-move_lapsed-operator = Pindah tanggal batal karena selisih harga tidak dibayar.

notice-move_difference-subject = Bayar selisih untuk pindah tanggal ({ $code })
notice-move_difference-title = Satu langkah lagi untuk pindah tanggal
notice-move_difference-text =
    { $move ->
        [open] Tanggal { $moveWhen } lebih mahal { IDR($moveIdr) }. Kami menahan tempatnya sampai { $moveDeadline }.
       *[none] Tanggal yang Anda pilih lebih mahal. Kami menahan tempatnya sampai { notice-deadline-elsewhere }.
    }

    Bayar selisihnya dan tanggal langsung dipindah. Kalau tidak, tidak ada yang berubah: pesanan tetap untuk { $when }.
notice-move_difference-operator = Pindah tanggal menunggu selisih harga dibayar.

notice-refund_due-subject = Uang Anda akan dikembalikan: { IDR($refundIdr) } ({ $code })
notice-refund_due-title = Uang Anda akan dikembalikan
notice-refund_due-text =
    { $money ->
        [nothing] { $business } akan menghubungi Anda tentang uang untuk pesanan ini.
        [kept] { $business } akan menghubungi Anda tentang uang sebesar { IDR($paidIdr) } untuk pesanan ini.
       *[other] { notice-money }
    }

    { $kind ->
        [permit] Pesanan ini sendiri tidak berlaku; jangan datang dengan e-tiket lama. Kalau kabarnya lama, hubungi { $business } dan sebutkan kode { $code }.
       *[other] Janji temu ini sendiri tidak berlaku lagi. Kalau kabarnya lama, hubungi { $business } dan sebutkan kode { $code }.
    }
notice-refund_due-operator = { IDR($refundIdr) } harus dikembalikan. Kalau cara bayarnya transfer bank: minta rekening kepada pelanggan, kirim, lalu catat.

notice-refunded-subject = Dana dikembalikan: { IDR($refundIdr) } ({ $code })
notice-refunded-title = Dana sudah dikembalikan
notice-refunded-text =
    { IDR($refundIdr) } sudah kami kirim kembali.

    Dompet digital biasanya menerimanya dalam beberapa menit; bank dan kartu bisa perlu sampai 14 hari kerja. Simpan email ini sebagai bukti.
notice-refunded-operator = { IDR($refundIdr) } sudah dikembalikan.

notice-visit-subject = Sampai jumpa { $when } ({ $code })
notice-visit-title = Sebentar lagi waktunya
notice-visit-text =
    { $kind ->
        [permit] Pendakian Anda: { $offering }, { $when }. Bawa e-tiket di ponsel atau di kertas, dan identitas asli setiap anggota.
       *[other] Janji Anda: { $offering }, { $when }. Tunjukkan kode pesanan saat datang.
    }

    Tidak jadi datang? Buka halaman pesanan untuk melihat apakah masih bisa dibatalkan atau dipindah.
notice-visit-operator = Pengingat kunjungan dikirim.

notice-repair-subject = Servis Anda { say-repair } ({ $code })
notice-repair-title = Kabar servis: { say-repair }
notice-repair-text =
    { $repair ->
        [queued] Perangkat Anda dalam antrean. Kami kabari begitu pengerjaannya dimulai.
        [in_progress] Teknisi sedang mengerjakan perangkat Anda.
        [waiting_part] Pengerjaan menunggu suku cadang. Kami kabari begitu barangnya datang.
        [ready] Perangkat Anda selesai. Silakan ambil pada jam buka, dengan kode pesanan.
        [handed_over] Perangkat sudah diserahkan. Terima kasih!
       *[none] Pengerjaan belum dimulai.
    }
notice-repair-operator = Status servis: { say-repair }.

notice-choose_date-subject = { $business } tutup pada { DAY($date) }: pilih tanggal baru ({ $code })
notice-choose_date-title = Pilih tanggal baru
notice-choose_date-text =
    { $kind ->
        [permit] Mohon maaf: { $business } menutup { $offering } pada { DAY($date) }. Pembayaran Anda tetap tercatat.
       *[other] Mohon maaf: { $business } tutup pada { DAY($date) }. Pembayaran Anda tetap tercatat.
    }

    Pilih tanggal lain tanpa biaya pindah di halaman pesanan. Kalau tidak ada tanggal yang cocok, Anda dapat membatalkan di sana, atau hubungi { $business }.
notice-choose_date-operator = Tanggal ditutup; pelanggan diminta memilih tanggal baru.

## Tickets

ticket-title = E-tiket { $offering }, { $code }
ticket-file = e-tiket-{ $code }.pdf
ticket-heading =
    { $kind ->
        [permit] Izin masuk
        [appointment] Janji temu
       *[plan] Tiket
    }
ticket-valid-for = Berlaku hanya pada
ticket-from = mulai pukul { CLOCK($at, $zone) }
ticket-holder = Pemegang
ticket-identity = Identitas
ticket-seat = Peserta
ticket-seat-of = { $seat } dari { $seats }
ticket-id = Nomor tiket
ticket-code = Kode pesanan
ticket-scan = Tunjukkan kode ini di gerbang
ticket-nameless = Peserta { $seat }
ticket-unprintable = Tanda { $mark } menggantikan huruf yang tidak dapat dicetak. Nama lengkap tersimpan, dan tiket ini tetap berlaku.
ticket-rules =
    { $kind ->
        [permit] Satu kode untuk satu orang. Bawa identitas asli. Lapor di gerbang saat naik dan saat turun. Salinan atau tiket lama ditolak setelah kode dipakai atau tanggal dipindah.
       *[other] Satu kode untuk satu kedatangan. Datanglah tepat waktu. Tiket lama tidak berlaku setelah waktu dipindah.
    }
ticket-contact = { $business } · { $contact }
ticket-page = Halaman { $page } dari { $pages }

## Receipts

receipt-title = Kuitansi { $code }
receipt-file = kuitansi-{ $code }.pdf
receipt-heading = Kuitansi
receipt-code = Nomor
receipt-customer = Diterima dari
receipt-paid-at = Dibayar
receipt-method = Cara bayar
receipt-visit = Untuk
receipt-item = Keterangan
receipt-sum = Jumlah
receipt-line =
    { $kind ->
        [permit] { $offering }, { $quantity } orang
       *[other] { $offering }
    }
receipt-total = Total
receipt-paid = Diterima
receipt-missing = Kurang
receipt-excess = Lebih
receipt-refund = Pengembalian ({ say-refund })
receipt-kept = Setelah pengembalian
receipt-stamp = LUNAS
receipt-unprintable = Tanda { $mark } menggantikan huruf yang tidak dapat dicetak.
receipt-note = Kuitansi ini dibuat otomatis dan sah tanpa tanda tangan.

## Calendar files

calendar-file = { $code }.ics
calendar-title =
    { $kind ->
        [permit] { $offering } · { $business }
       *[other] Janji: { $offering } · { $business }
    }
calendar-about =
    Kode pesanan: { $code }
    { $kind ->
        [permit] { say-party }
       *[other] { $offering }
    }
    { $kind ->
        [permit] E-tiket dan perubahan
       *[other] Rincian dan perubahan
    }: { $statusUrl }
    { $business }: { $contact }
calendar-alarm = { $offering }: { $when }

## Pages: what every page has

page-skip = Langsung ke isi
page-nav = Utama
page-contact = Ada pertanyaan? Hubungi { $business }:
page-all-businesses = Semua penyedia di Pesan
page-kind =
    { $kind ->
        [permit] Izin pendakian
        [appointment] Janji temu
       *[plan] Langganan
    }
page-optional = boleh kosong
page-reason = Alasannya:

## Pages: the front, and what a business sells

page-home-title = Pesan tempat Anda
page-home-lead = Pilih penyedianya. Tempat ditahan untuk Anda selagi Anda membayar, dan kabarnya datang ke email Anda.
page-home-go =
    { $kind ->
        [permit] Lihat jalur dan kuota
        [appointment] Lihat harga dan jadwal
       *[plan] Lihat paket
    }
page-price-from = mulai
page-price-from-short = mulai { IDR($amountIdr) }
page-next-days = Hari-hari berikutnya
page-book-ware = Pesan { $offering }
page-reserve = Reservasi
page-reserve-here = atau di sini, tanpa Telegram
page-next-hours = Jam kosong terdekat
page-next-hours-none = Tidak ada jam kosong dalam beberapa minggu ke depan.
page-carry = Lanjutkan di Telegram
page-today-open = Hari ini buka: { $left } tempat tersisa.
page-today-few = Hari ini hampir penuh: { $left } tempat tersisa.
page-today-full = Hari ini penuh.
page-today-closed = Hari ini tutup.
page-day-open =
    { $unit ->
        [hour] { $left } jam kosong
       *[place] sisa { $left }
    }
page-day-few =
    { $unit ->
        [hour] { $left } jam kosong
       *[place] sisa { $left }
    }
page-day-full = penuh
page-day-closed = tutup
page-guest-local = WNI
page-guest-foreign = Pemegang paspor
page-every-day = Setiap hari
page-sort-device = Perangkat
page-sort-part = Suku cadang
page-sort-extra = Tambahan
page-hours = Jam buka
page-hours-closed = tutup
page-plan-how = Untuk mulai berlangganan, hubungi { $business } lewat kontak di bawah.
page-rules = Aturannya
page-rule-day = Izin berlaku untuk satu hari, mulai pukul { $time } waktu setempat.
page-rule-hour = Satu janji temu berlangsung { $minutes } menit.
page-rule-party = Satu rombongan paling banyak { $most } orang; setiap anggota didaftarkan dengan identitasnya.
page-rule-identity = Satu identitas hanya untuk satu tempat dalam sehari.
page-rule-hold = Tempat ditahan { $minutes } menit untuk dibayar. Setelah itu diberikan kepada orang lain.
page-rule-ahead = Pemesanan dibuka paling jauh { $days } hari ke depan.
page-rule-cancel = Dibatalkan paling lambat { $hours } jam sebelumnya: { $percent }% uang kembali.
page-rule-move = Tanggal bisa dipindah { $times } kali, paling lambat { $hours } jam sebelumnya.

## Pages: booking

page-steps = Langkah pemesanan
page-step-when = Tanggal
page-step-who = Anggota
page-step-what = Perangkat
page-step-pay = Bayar
page-book-title =
    { $kind ->
        [permit] Pesan izin pendakian
       *[other] Buat janji temu
    }
page-who-title =
    { $kind ->
        [permit] Siapa yang berangkat?
       *[other] Apa yang diperbaiki?
    }
page-wrong-title = Periksa isian: { $title }
page-field-date = Tanggal
page-field-quantity = Jumlah orang
page-field-quantity-hint = 1 sampai { $most } orang
page-next = Lanjut
page-calendar =
    { $unit ->
        [hour] Jam kosong { $offering }
       *[place] Sisa kuota { $offering }
    }
page-calendar-hint =
    { $unit ->
        [hour] Angka kecil adalah jam yang masih kosong. Pilih tanggalnya.
       *[place] Angka kecil adalah tempat yang tersisa. Pilih tanggalnya; untuk tanggal yang penuh Anda bisa masuk daftar tunggu.
    }
page-hours-of = Jam kosong pada { $day }
page-hours-none = Tidak ada jam yang buka pada tanggal ini. Pilih tanggal lain di kalender.
page-slot-late = lewat
page-slot-left =
    { $left ->
        [0] penuh
       *[other] sisa { $left }
    }
page-chosen-hour = Pukul { $time }
page-chosen-party = { $quantity } orang
page-each = { IDR($amountIdr) } seorang
page-each-foreign = { IDR($amountIdr) } dengan paspor
page-change = Ubah pilihan
page-member = Anggota { $seat }
page-member-add = Tambah anggota
page-member-remove = Kurangi anggota { $seat }
page-member-more = Tanggal lahir, telepon, dan kontak darurat (dianjurkan)
page-field-member-name = Nama lengkap
page-field-member-name-hint = Seperti tertulis di kartu identitas
page-field-identity-type = Jenis identitas
page-identity-nik = KTP (NIK)
page-identity-passport = Paspor
page-field-identity-number = Nomor identitas
page-field-birth = Tanggal lahir
page-field-member-phone = Nomor telepon
page-field-sos-name = Nama kontak darurat
page-field-sos-phone = Telepon kontak darurat
page-contact-title = Ke mana kabarnya kami kirim?
page-field-name = Nama pemesan
page-field-email = Email
page-field-email-hint =
    { $kind ->
        [permit] E-tiket dan kabar lain dikirim ke sini.
       *[other] Bukti dan kabar lain dikirim ke sini.
    }
page-field-phone = Nomor telepon pemesan
page-field-phone-hint = Contoh: 0812 3456 7890
page-field-device = Perangkat
page-field-parts = Suku cadang yang perlu disiapkan
page-choose = Pilih…
page-total = Total
page-total-hint = Dibayar setelah tempatnya ditahan, dalam { $minutes } menit.
page-hold =
    { $kind ->
        [permit] Tahan tempat dan bayar
       *[other] Tahan jam ini dan bayar
    }
page-hold-hint = Tempat ditahan { $minutes } menit. Belum ada uang yang ditagih pada langkah ini.
page-hold-again = Coba pesan lagi
page-join-line =
    { $kind ->
        [permit] Masuk daftar tunggu tanggal ini
       *[other] Masuk daftar tunggu jam ini
    }
page-mistakes =
    { $count ->
        [1] Satu isian perlu diperbaiki
       *[other] { $count } isian perlu diperbaiki
    }

page-refused-sold-out-title = Tidak cukup tempat pada { $day }
page-refused-sold-out =
    { $kind ->
        [permit] Tempat yang tersisa kurang untuk { $quantity } orang. Pilih tanggal lain, atau masuk daftar tunggu: begitu ada tempat, kami tahan untuk Anda dan kabari lewat email. Isian Anda tetap tersimpan di bawah.
       *[other] Jam ini sudah diambil orang lain. Pilih jam lain, atau masuk daftar tunggu: begitu kosong, kami tahan untuk Anda dan kabari lewat email. Isian Anda tetap tersimpan di bawah.
    }
page-refused-closed-title = Tutup pada { $day }
page-refused-closed = Tanggal atau jam ini tidak bisa dipesan. Pilih yang lain; yang sudah Anda isi tidak hilang.
page-refused-identity-title = Ada anggota yang sudah terdaftar pada { $day }
page-refused-identity = Satu identitas hanya untuk satu tempat dalam sehari, dan salah satu identitas di bawah sudah dipakai di pesanan lain. Periksa nomornya, pilih tanggal lain, atau cari pesanan yang lama lewat tautan di email Anda.
page-refused-too-late-title = Terlambat untuk { $day }
page-refused-too-late = Waktunya terlalu dekat untuk dipesan. Pilih yang lain; yang sudah Anda isi tidak hilang.
page-refused-not-allowed-title = Belum bisa dipesan
page-refused-not-allowed = Aturan penyedia tidak mengizinkan pesanan ini. Rombongan sebesar ini tidak muat pada tanggal itu, atau waktunya sudah lewat. Pilih tanggal lain atau kurangi anggotanya.
page-refused-used-key-title = Formulir ini sudah dikirim
page-refused-used-key = Formulir ini sudah menjadi pesanan, lalu isinya diubah. Pesanan yang pertama tetap ada. Kalau Anda memang ingin pesanan kedua dengan isian di bawah, kirim sekali lagi.
page-refused-earlier = Lihat pesanan yang pertama
page-refused-slow-down-title = Terlalu sering mencoba
page-refused-slow-down = Tunggu satu menit, lalu kirim lagi. Isian Anda tetap tersimpan di bawah.
page-refused-unavailable-title = Belum terjawab
page-refused-unavailable = Sistem sedang tidak menjawab. Tidak ada yang hilang dan tidak ada yang dipesan dua kali: kirim lagi formulir di bawah sebentar lagi.
page-refused-stale-title = Formulir ini sudah terlalu lama terbuka
page-refused-stale = Demi keamanan, kirim sekali lagi. Isian Anda tetap tersimpan di bawah. Kalau pesan ini muncul terus, izinkan cookie untuk halaman ini.
page-other-days = Pilihan lain
page-other-permit = sisa { $left } · { IDR($amountIdr) } seorang

page-fault-name = Tulis namanya, paling banyak 100 huruf.
page-fault-identity-empty = Tulis nomor identitasnya.
page-fault-nik-digits = NIK terdiri dari 16 angka.
page-fault-nik = NIK ini tidak mungkin benar: periksa lagi angkanya, terutama tanggal lahir pada angka ke-7 sampai ke-12.
page-fault-passport = Nomor paspor terdiri dari 5 sampai 9 huruf dan angka.
page-fault-identity-twice = Identitas ini sudah dipakai anggota lain di rombongan ini.
page-fault-birth = Tanggal lahir ini tidak ada.
page-fault-phone = Nomor telepon terdiri dari 6 sampai 20 angka.
page-fault-email = Alamat email ini tidak lengkap atau salah tulis.
page-fault-reach = Tulis email atau nomor telepon, supaya kami bisa mengabari Anda.
page-fault-quantity = Tulis jumlah orang dari 1 sampai { $most }.
page-fault-offering = Pilih salah satu.
page-fault-date = Pilih tanggalnya.
page-fault-date-past = Tanggal ini sudah lewat.
page-fault-date-far = Pemesanan baru dibuka sampai { $last }.
page-fault-date-late = Terlambat untuk memesan tanggal atau jam ini.
page-fault-time = Pilih jamnya.
page-fault-device = Pilih perangkatnya.
page-fault-part = Suku cadang ini tidak tersedia. Pilih dari daftar.
page-fault-other = Isian ini belum benar.
page-fault-member = Anggota { $seat }: { $text }

## Pages: a booking

page-held-until = Tempat ditahan sampai
page-checking-title = Pembayaran Anda sedang kami periksa
page-checking = Biasanya hanya beberapa detik, dan halaman ini berubah sendiri. Kalau Anda belum membayar, tombol di bawah membuka halaman pembayarannya lagi.
page-state-checking = Uang diterima, sedang diperiksa
page-news-checking-title = Pembayaran Anda sedang kami periksa
page-news-checking = Uang Anda sudah sampai, jadi tidak perlu membayar lagi. Biasanya hanya beberapa detik, dan halaman ini berubah sendiri.
page-pay = Bayar Sekarang · { IDR($amountIdr) }
page-pay-again = Coba bayar lagi { IDR($amountIdr) }
page-book-again = Pesan lagi
page-secret-link =
    { $kind ->
        [permit] Alamat halaman ini hanya untuk Anda: siapa pun yang memegangnya dapat melihat pesanan dan e-tiketnya. Simpan, jangan dibagikan.
       *[other] Alamat halaman ini hanya untuk Anda: siapa pun yang memegangnya dapat melihat dan mengubah pesanan. Simpan, jangan dibagikan.
    }
page-details =
    { $kind ->
        [appointment] Data Order
       *[other] Rincian pesanan
    }
page-method = Metode
page-customer = Pemesan
page-tickets =
    { $count ->
        [1] E-tiket
       *[other] { $count } e-tiket
    }
page-qr-of = Kode QR tiket { $ticket }
page-ticket-state =
    { $state ->
        [in] Sudah masuk
        [out] Sudah keluar
       *[void] Tidak berlaku
    }
page-download-tickets =
    { $count ->
        [1] Unduh e-tiket (PDF)
       *[other] Unduh { $count } e-tiket (PDF)
    }
page-download-receipt = Kuitansi (PDF)
page-download-calendar = Tambahkan ke kalender
page-repair = Perkembangan servis
page-repair-none = Pengerjaan belum dimulai. Statusnya berubah di sini dengan sendirinya.

page-news-held-title = Tempat Anda ditahan
page-news-held = Bayar { IDR($amountIdr) } sebelum waktunya habis, dengan virtual account, QRIS, dompet digital, atau kartu. Halaman ini berubah sendiri begitu pembayaran kami terima.
page-way-back-mailed = Tautan halaman ini juga kami kirim ke { $to }, satu menit lagi. Kalau lima menit lagi belum ada, di spam pun tidak, simpan alamat halaman ini: mungkin ada salah ketik di alamat email.
page-way-back-kept =
    { $known ->
        [phone]
            { $kind ->
                [appointment] Anda tidak mengisi alamat email, jadi tidak ada email yang kami kirim: simpan alamat halaman ini. Kalau hilang, tulis /status { $code } ke bot Telegram kami, lalu nomor HP Anda.
               *[other] Anda tidak mengisi alamat email, jadi tidak ada email yang kami kirim dan e-tiket hanya ada di halaman ini: simpan alamatnya. Kalau hilang, hubungi { $business } dengan kode { $code } dan nomor HP Anda.
            }
       *[chat] Anda tidak mengisi alamat email, jadi tidak ada email yang kami kirim. Kabar masuk ke chat tempat Anda memesan, dan tombolnya membuka halaman ini lagi.
    }
page-news-denied-title = Pembayaran ditolak, tempat Anda masih ditahan
page-news-denied =
    Bank atau penyedia pembayaran menolak pembayaran tadi, dan uang untuk percobaan itu tidak kami terima.

    Coba lagi dengan kartu atau cara bayar lain sebelum waktunya habis. Kalau saldo Anda sempat terpotong, bank akan mengembalikannya.
page-news-underpaid-title = Pembayaran kurang { IDR($missingIdr) }
page-news-underpaid = Kami menerima { IDR($paidIdr) } dari { IDR($amountIdr) }. Lunasi sisanya sebelum waktunya habis. Kalau tidak, pesanan berakhir dan uang Anda dikembalikan.
page-news-review-title = Pembayaran sedang diperiksa
page-news-review = Penyedia pembayaran memeriksa transaksi Anda, paling lama 24 jam. Tempat Anda tetap aman. Jangan membayar lagi; hasilnya muncul di sini dan di email Anda.
page-news-issuing-title =
    { $kind ->
        [permit] Lunas. E-tiket sedang diterbitkan
       *[other] Lunas. Kuitansi sedang dibuat
    }
page-news-issuing =
    { $kind ->
        [permit] Pembayaran { IDR($paidIdr) } sudah kami terima, dan tempat Anda pasti. E-tiket muncul di halaman ini sebentar lagi.
       *[other] Pembayaran { IDR($paidIdr) } sudah kami terima, dan janji temu Anda pasti. Kuitansi muncul di halaman ini sebentar lagi.
    }
page-news-choose-title = Tutup pada { $day }: pilih tanggal baru
page-news-choose = Mohon maaf, { $business } menutup tanggal Anda. Pembayaran Anda tetap tercatat. Pindahkan ke tanggal lain di bawah tanpa biaya pindah, atau batalkan dan seluruh uang Anda kembali.
page-news-paid-title = Lunas. Sampai jumpa!
page-news-paid =
    { $kind ->
        [permit] Tunjukkan kode QR di gerbang, di layar atau di kertas, bersama identitas asli. Unduh PDF-nya sekarang: di gunung sering tidak ada sinyal.
       *[other] Datanglah pada waktunya dan tunjukkan kode pesanan.
    }
page-news-expired-title = Waktu bayar habis, tempat sudah dilepas
page-news-expired =
    { $unconfirmed ->
        [yes] Sampai { $deadline } pembayaran Anda tidak dapat kami pastikan, karena penyedia pembayaran tidak menjawab. Pesanan ini tidak berlaku lagi.
       *[no] Sampai { $deadline } pembayaran Anda belum kami terima. Pesanan ini tidak berlaku lagi.
    }

    Terlanjur membayar? Uangnya tidak hilang: begitu sampai, pesanan berlaku lagi selama tempatnya masih ada, dan kalau tidak, uangnya dikembalikan. Jangan memakai nomor virtual account atau kode QR yang lama.

    Masih ingin datang? Pesan lagi selama tempatnya ada.
page-news-cancelled-title = Pesanan dibatalkan
page-news-cancelled =
    { $kind ->
        [permit] Tempatnya sudah dilepas, dan e-tiket yang pernah terbit tidak berlaku lagi.
       *[other] Jamnya sudah dilepas untuk orang lain.
    }

    { notice-money }
page-news-closed-title = Tutup pada { $day }: pesanan berakhir
page-news-closed =
    { $kind ->
        [permit] Mohon maaf, { $business } menutup tanggal Anda, jadi pesanan ini tidak bisa dijalankan. E-tiketnya tidak berlaku lagi.
       *[other] Mohon maaf, { $business } tutup pada tanggal Anda, jadi janji temu ini tidak bisa dijalankan.
    }

    { notice-money }
page-news-refund_due-title = Uang Anda akan dikembalikan
page-news-refund_due =
    { $kind ->
        [permit] Pesanan ini tidak berlaku lagi; jangan datang dengan e-tiket lama.
       *[other] Janji temu ini tidak berlaku lagi.
    }

    { notice-money }
page-news-refunded-title = Dana { IDR($refundIdr) } sudah dikembalikan
page-news-refunded = Dompet digital biasanya menerimanya dalam beberapa menit; bank dan kartu bisa perlu sampai 14 hari kerja. Pesanan ini tidak berlaku lagi.
page-news-completed-title = Selesai. Terima kasih!
page-news-completed = Terima kasih sudah datang ke { $business }.

page-refund-title =
    { $refund ->
        [done] Sebagian uang sudah dikembalikan
       *[other] Sebagian uang akan dikembalikan
    }
page-overpaid-title = Anda membayar lebih { $amount }
page-overpaid = Kelebihan { IDR($excessIdr) } adalah uang Anda. { $business } akan mengembalikannya dan mengabari Anda.
page-move-waits-title = Bayar selisih untuk pindah tanggal
page-move-waits = Tempat pada { $when } ditahan sampai { $until }. Bayar selisih { IDR($amountIdr) } dan tanggal langsung dipindah. Kalau tidak, tidak ada yang berubah.
page-manage =
    { $may ->
        [move] Pindah tanggal
        [cancel] Batal
       *[both] Pindah atau batal
    }
page-move = Pindah tanggal
page-move-none = Belum ada tanggal lain dengan tempat yang cukup.
page-move-hint =
    { $free ->
        [yes] Tanpa biaya pindah. Tanggal yang lebih mahal meminta selisihnya, yang lebih murah mengembalikannya.
       *[no] Tanggal yang lebih mahal meminta selisihnya, yang lebih murah mengembalikannya.
    } { $kind ->
        [permit] E-tiket lama tidak berlaku lagi.
       *[other] Kode pesanannya tetap sama.
    }
page-move-to = Tanggal baru
page-move-do = Pindahkan
page-cancel = Batalkan pesanan
page-cancel-hint =
    { $outcome ->
        [nothing] Tempatnya dilepas untuk orang lain. Belum ada uang yang kami terima, jadi tidak ada yang perlu dikembalikan.
        [back] { page-cancel-released } { IDR($amountIdr) } dikembalikan kepada Anda.
       *[kept] { page-cancel-released } Menurut aturan pembatalan, { IDR($amountIdr) } yang kembali.
    }
page-cancel-released =
    { $kind ->
        [permit] Tempatnya dilepas untuk orang lain dan e-tiketnya tidak berlaku lagi.
       *[other] Jamnya dilepas untuk orang lain.
    }
page-cancel-do = Ya, batalkan

page-status-sold-out-title = Tanggal itu baru saja penuh
page-status-sold-out = Pesanan Anda tidak berubah. Pilih tanggal lain.
page-status-closed-title = Tanggal itu tutup
page-status-closed = Pesanan Anda tidak berubah. Pilih tanggal lain.
page-status-identity-title = Ada anggota yang sudah terdaftar pada tanggal itu
page-status-identity = Satu identitas hanya untuk satu tempat dalam sehari. Pesanan Anda tidak berubah. Pilih tanggal lain.
page-status-not-allowed-title = Tidak bisa dilakukan
page-status-not-allowed = Aturan penyedia tidak mengizinkannya lagi, atau pesanan ini sudah berubah selagi Anda menekan. Keadaannya sekarang ada di bawah.
page-status-invalid-title = Pilih tanggal lain
page-status-invalid = Tanggal atau jam itu tidak bisa dipilih. Pesanan Anda tidak berubah.
page-status-unavailable-title = Belum terjawab
page-status-unavailable = Permintaan Anda tercatat tetapi belum dijawab. Lihat halaman ini lagi sebentar lagi.
page-status-stale-title = Halaman ini sudah terlalu lama terbuka
page-status-stale = Demi keamanan, tekan sekali lagi. Belum ada yang berubah.

## Pages: the waiting list, and pages that say one thing

page-wait = Daftar tunggu
page-wait-waiting-title =
    { $position ->
        [1] Anda yang pertama di daftar tunggu
       *[other] Anda nomor { $position } di daftar tunggu
    }
page-wait-waiting =
    { $offering }, { $when }, { $party }.

    Begitu ada tempat, kami menahannya untuk Anda dan mengirim email. Halaman ini juga berubah sendiri. Tidak ada yang perlu dibayar selama menunggu.
page-wait-offered-title = Giliran Anda: tempatnya ditahan
page-wait-offered = { $offering }, { $when }, { $party }. Bayar sebelum waktunya habis, dan tempat itu milik Anda.
page-wait-offered-go = Lihat dan bayar
page-wait-taken-title = Tempat itu milik Anda
page-wait-taken =
    { $kind ->
        [permit] { $offering }, { $when }, { $party }. Rincian dan e-tiketnya ada di halaman pesanan.
       *[other] { $offering }, { $when }. Rinciannya ada di halaman pesanan.
    }
page-wait-taken-go = Buka pesanan
page-wait-lapsed-title = Daftar tunggu ini sudah berakhir
page-wait-lapsed = { $offering }, { $when }, { $party }. Tempatnya tidak didapat tepat waktu, dan tidak ada yang ditagih. Silakan pilih tanggal lain.
page-wait-left-title = Anda sudah keluar dari daftar tunggu
page-wait-left = { $offering }, { $when }, { $party }. Tidak ada yang ditagih.
page-wait-leave = Keluar dari daftar tunggu
page-wait-leave-hint = Giliran Anda diberikan kepada antrean berikutnya.
page-wait-leave-do = Ya, keluar

page-not-found-title = Halaman ini tidak ada
page-not-found = Alamatnya mungkin terpotong waktu disalin. Kalau ini tautan pesanan, buka lagi dari email Anda, seluruhnya.
page-broken-title = Ada yang salah di pihak kami
page-broken = Maaf. Kejadian ini tercatat dan akan kami lihat. Pesanan dan pembayaran Anda tidak terpengaruh; coba lagi sebentar lagi.
page-unavailable-title = Sebentar lagi kembali
page-unavailable = Sistem sedang tidak terjangkau. Pesanan dan pembayaran yang sudah ada tidak hilang. Muat ulang halaman ini sebentar lagi.
page-slow-down-title = Terlalu banyak permintaan
page-slow-down = Tunggu satu menit, lalu coba lagi.
page-forbidden-title = Permintaan ini ditolak
page-forbidden = Permintaan itu datang dari situs lain, jadi tidak kami jalankan. Tidak ada yang berubah.
page-returned-title = Kembali dari halaman pembayaran
page-returned =
    Sudah membayar? Begitu pembayaran Anda dipastikan, Anda dikabari: di chat tempat Anda memesan, atau lewat email. Belum membayar? Buka lagi tautan bayarnya, selama waktunya belum habis.

    Halaman pesanan hanya terbuka lewat tautannya sendiri. Peramban ini tidak mengenalnya, jadi buka tautan dari chat atau email Anda, atau kembali ke peramban tempat Anda memesan.
page-returned-plan-title = Kembali dari halaman pembayaran
page-returned-plan =
    Sudah membayar? Begitu pembayaran Anda dipastikan, pemilik base dikabari lewat chat. Belum membayar? Buka lagi tautan bayarnya; kalau sudah berakhir, minta yang baru kepada bot dengan /bayar.

    Halaman langganan hanya terbuka lewat tautannya sendiri. Peramban ini tidak mengenalnya, jadi buka tautannya dari chat atau email Anda.
page-papers-title =
    { $state ->
        [issuing] Dokumen sedang dibuat
        [held] Pesanan ini belum dibayar
        [review] Pembayaran sedang diperiksa
       *[other] Dokumen ini tidak berlaku lagi
    }
page-papers =
    { $state ->
        [issuing] Tunggu beberapa detik: unduhannya mulai sendiri.
        [held] E-tiket dan kuitansi ada begitu pesanan { $code } dibayar.
        [review] E-tiket dan kuitansi ada begitu pembayaran pesanan { $code } dipastikan.
        [expired] Pesanan { $code } berakhir tanpa dibayar, jadi tidak ada e-tiket atau kuitansinya.
       *[other] Pesanan { $code } dibatalkan: e-tiket dan kode QR-nya tidak berlaku lagi. Apa yang terjadi dengan uangnya tertulis di halaman pesanan.
    }
page-papers-booking = Buka halaman pesanan
page-pay-wait-title = Menyiapkan pembayaran…
page-pay-wait = Sebentar lagi Anda diteruskan ke halaman penyedia pembayaran.
page-pay-wait-safe = Tempat Anda tetap ditahan sampai { $until }.
page-pay-wait-again = Coba lagi sekarang
page-pay-transfer-title = Transfer ke virtual account { $bank }
page-pay-transfer = Masukkan nomor ini di menu virtual account bank Anda dan bayar tepat sejumlah di atas. Halaman ini berubah sendiri begitu pembayaran kami terima.
page-pay-over-title =
    { $state ->
        [paid] Sudah lunas, terima kasih
        [completed] Sudah lunas, terima kasih
        [review] Pembayaran sedang diperiksa
       *[other] Pesanan ini tidak bisa dibayar lagi
    }
page-pay-over =
    { $state ->
        [paid] Tidak ada lagi yang perlu dibayar. Semua yang perlu ada di halaman pesanan, yang tautannya dikirim kepada pemesan.
        [completed] Tidak ada lagi yang perlu dibayar.
        [review] Penyedia pembayaran memeriksa transaksinya, paling lama 24 jam. Jangan membayar lagi.
       *[other] Waktunya habis atau pesanannya dibatalkan. Jangan memakai nomor virtual account atau kode QR yang lama. Kalau terlanjur membayar, uangnya tidak hilang: pemesan kami kabari.
    }

## The bot. Its texts are HTML as Telegram reads it; what is put in is escaped before.

bot-command-order = Pesan janji servis
bot-command-status = Lihat status pesanan
bot-command-catalog = Daftar suku cadang dan harga
bot-command-help = Daftar perintah
bot-command-today = Janji hari ini (pemilik)
bot-help =
    <b>{ $business }</b>

    /order: pesan janji servis
    /status: lihat status pesanan
    /catalog: daftar suku cadang dan harga
    /help: daftar perintah
bot-help-owner =
    Untuk pemilik:
    /today [tanggal]: janji hari ini atau hari lain, dan status servis
    /status KODE: keadaan pesanan mana pun di bengkel ini
    /webhook: bagaimana bot menerima pesan
bot-start = Halo { $name }, selamat datang di <b>{ $business }</b>. Apa yang bisa kami bantu?
bot-unknown = Maaf, saya tidak mengerti. Ini yang bisa saya bantu:
bot-catalog-title = <b>Suku cadang</b> (halaman { $page } dari { $pages })
bot-catalog-devices = <b>Perangkat</b>, biaya pemeriksaan
bot-catalog-line = • { $name }: { IDR($amountIdr) }
bot-catalog-empty = Belum ada suku cadang di katalog.
bot-do-book = Booking
bot-do-cancel = Batal
bot-do-back = « Kembali
bot-do-next = Lanjut »
bot-do-previous-page = « Sebelumnya
bot-do-next-page = Berikutnya »
bot-do-now = Pesan sekarang
bot-do-pay = Bayar sekarang
bot-do-order = Data Order
bot-do-again = Pesan lagi
bot-do-contact = Ubah kontak
bot-do-share = Bagikan nomor saya
bot-do-copy-va = Salin nomor VA
bot-do-copy-amount = Salin jumlah
bot-do-resend = Coba lagi
bot-month =
    { $month ->
        [1] Januari
        [2] Februari
        [3] Maret
        [4] April
        [5] Mei
        [6] Juni
        [7] Juli
        [8] Agustus
        [9] September
        [10] Oktober
        [11] November
       *[12] Desember
    } { $year }
bot-weekdays = Sn Sl Rb Km Jm Sb Mg
bot-order-start = Pesan janji servis di <b>{ $business }</b>: pilih tanggal, perangkat, jam, dan suku cadang. Tekan Booking untuk mulai.
bot-order-date = <b>Pilih tanggal</b>, atau tulis, misalnya 25/11/2026 atau besok. Tanda · berarti tutup atau penuh.
bot-order-device = { $day }. <b>Perangkat apa yang diservis?</b>
bot-order-time = { $day }. <b>Jam berapa?</b>
bot-order-parts =
    <b>Suku cadang apa yang perlu diganti?</b> Pilih satu atau lebih, lalu tekan Lanjut.

    Total sejauh ini: <b>{ IDR($amountIdr) }</b>
bot-order-method = Total: <b>{ IDR($amountIdr) }</b>. <b>Mau bayar lewat apa?</b>
bot-order-contact = <b>Email atau nomor telepon Anda?</b> Kabar datang di obrolan ini; dengan kontak, pesanan bisa juga dicari dari tempat lain, dan kabarnya datang lewat email. Tulis di sini, atau bagikan nomor Anda.
bot-order-this-chat = obrolan ini
bot-order-contact-thanks = Terima kasih.
bot-order-confirm =
    <b>Periksa pesanan Anda</b>

    Tanggal: { $day }
    Jam: { $time }
    Perangkat: { $device }
    Suku cadang: { $parts }
    Pembayaran: { $method }
    Kontak: { $contact }
    Total: <b>{ IDR($amountIdr) }</b>
bot-order-booking = Sedang memesan tempat Anda…
bot-order-held =
    <b>Tempat Anda ditahan sampai { $deadline }</b>

    Kode pesanan: <code>{ $code }</code>
    Tanggal: { $day }
    Jam: { $time }
    Perangkat: { $device }
    Suku cadang: { $parts }
    Total: <code>{ $amount }</code> ({ IDR($amountIdr) })

    Bayar di sini: { $paymentUrl }
    Data Order: { $statusUrl }
bot-order-va = Nomor virtual account BCA: <code>{ $number }</code>
bot-order-no-parts = tidak ada
bot-order-cancelled = Baik, tidak jadi dipesan. Mulai lagi kapan saja dengan /order.
bot-order-expired = Isian itu sudah lama ditinggalkan, jadi kami tutup. Mulai lagi dengan /order.
bot-order-stale = Tombol itu sudah lama. Ini langkah yang sekarang.
bot-order-none = Tidak ada pesanan yang sedang diisi. Mulai dengan /order.
bot-order-not-a-date = Saya tidak mengenali tanggal itu. Coba seperti 25/11/2026, 25 November, besok, atau Senin.
bot-order-past = Tanggal itu sudah lewat.
bot-order-too-far = Tanggal itu terlalu jauh. Kami menerima pesanan sampai { $last }.
bot-order-day-closed = Hari itu tutup atau penuh. Pilih hari lain.
bot-order-full-day = Hari itu baru saja penuh. Pilih hari lain.
bot-order-hour-gone = Jam itu sudah penuh. Pilih jam lain.
bot-order-not-an-hour = Pilih salah satu jam di tombol, atau tulis seperti 10.00.
bot-order-choose-part = Pilih setidaknya satu suku cadang.
bot-order-not-a-contact = Itu bukan alamat email atau nomor telepon. Contoh: nama@contoh.com atau 081234567890.
bot-order-share = Atau tekan tombol di bawah untuk membagikan nomor Anda.
bot-order-share-over = Baik, nomor Anda tidak perlu dibagikan.
bot-order-use-buttons = Pilih lewat tombol di pesan ini.
bot-order-lost = Maaf, jam itu baru saja diambil orang lain. Pilih jam lain; isian Anda tetap tersimpan.
bot-order-closed-now = Maaf, hari atau jam itu sudah ditutup. Pilih yang lain; isian Anda tetap tersimpan.
bot-order-withdrawn = Maaf, sebagian yang Anda pilih baru saja tidak tersedia lagi. Pilih yang lain; isian lainnya tetap tersimpan.
bot-order-unavailable = Ini lebih lama dari biasanya. Kami terus mencoba selama sepuluh menit dan mengabari Anda di sini; Coba lagi tidak memesan dua kali.
bot-order-given-up = Maaf, pesanan itu tidak berhasil, dan tidak ada tempat yang ditahan untuk Anda. Mulai lagi dengan /order.
bot-order-one-by-one = Pesanan Anda yang tadi masih diproses: kami kabari di sini begitu ada jawabannya. Setelah itu, /order membuka pesanan baru.
bot-order-refused = Maaf, ini tidak bisa dipesan. Mulai lagi dengan /order.
bot-order-nothing = Belum ada jam yang bisa dipesan. Coba lagi nanti.
bot-method-bca = Virtual account BCA
bot-method-bank = Bank lain
bot-method-qris = QRIS
bot-method-any = Cara lain
bot-status-own = <b>Pesanan Anda.</b> Pilih satu, atau tulis kode pesanan lain.
bot-status-ask = Tulis kode pesanan Anda (8 huruf dan angka).
bot-status-unknown = Kode itu tidak ada. Periksa lagi, lalu tulis ulang.
bot-status-whose = Pesanan itu dibuat di tempat lain. Tulis email atau nomor telepon yang dipakai waktu memesan.
bot-status-wrong = Itu tidak cocok. Coba lagi; sisa { $left } kali.
bot-status-ended = Itu tidak cocok. Demi keamanan, pertanyaan ini kami tutup.
bot-status-locked = Terlalu banyak jawaban yang salah. Coba lagi satu jam lagi.
bot-status-shown =
    Kode pesanan: <code>{ $code }</code>
    Status: <b>{ $state }</b>
    Servis: { $repair }
    Waktu: { $when }
    Total: { IDR($amountIdr) }
    Data Order: { $statusUrl }
bot-status-owner =
    Kode pesanan: <code>{ $code }</code>
    Status: <b>{ $state }</b>
    Servis: { $repair }
    Waktu: { $when }
    { $options }
    Total: { IDR($amountIdr) }
bot-do-repair = Ubah status servis
bot-notice-ends = Kode pesanan: { $code }
bot-notice-paid = Kami sudah menerima { IDR($paidIdr) }. Sampai bertemu pada { $when }.
bot-notice-late_paid = Pembayaran Anda datang terlambat, tetapi tempatnya masih ada dan sudah kami simpan untuk Anda: { $when }.
bot-notice-review = Penyedia pembayaran memeriksa transaksi Anda, paling lama 24 jam. Tempat Anda tetap aman. Jangan membayar lagi; hasilnya kami kabari di sini.
bot-notice-refunded = { IDR($refundIdr) } sudah dikembalikan lewat cara bayar yang Anda pakai.
bot-notice-expired = Waktu untuk membayar sudah habis dan tempatnya kami lepas. Jangan membayar dengan nomor atau kode yang lama. Pesan lagi dengan satu tekan.
bot-notice-visit = Kami tunggu pada { $when }. Tunjukkan kode pesanan ini waktu datang.
bot-today-none = Tidak ada janji untuk { $day }.
bot-today = <b>Janji { $day }</b>. Tekan satu untuk mengubah status servisnya.
bot-today-more = dan { $count } lagi
bot-today-one =
    <b>{ $time }</b>, kode <code>{ $code }</code>
    { $options }
    Status servis: <b>{ $repair }</b>
bot-today-done = Dicatat: { $repair }
bot-today-failed = Belum tercatat. Coba lagi.
bot-today-later = Sudah kami catat, dan segera kami teruskan.
bot-owner-only = Perintah ini hanya untuk pemilik.
bot-webhook =
    { $way ->
        [webhook] Pesan datang lewat webhook: { $url }
       *[polling] Pesan diambil lewat long polling.
    }

# Langganan base: surat dan pesan.
plan-rehearsal = [LATIHAN: semua ini tidak sungguhan]
plan-base = Base
plan-plan = Paket
plan-do-pay = Bayar sekarang
plan-do-status = Langganan
plan-do-again = Berlangganan lagi
plan-do-extend = Perpanjang
plan-activated-subject = Pembayaran diterima: { $base } aktif sampai { $until }
plan-activated-title = Pembayaran telah Berhasil
plan-activated-text = Kami menerima { IDR($amountIdr) }. Base { $base } aktif sampai { $until }.
plan-renewed-subject = Pembayaran diterima: { $base } diperpanjang sampai { $until }
plan-renewed-title = Pembayaran telah Berhasil
plan-renewed-text = Kami menerima { IDR($amountIdr) }. Base { $base } diperpanjang sampai { $until }.
plan-renewed_again-subject = Pembayaran kedua: { $base } diperpanjang sekali lagi, sampai { $until }
plan-renewed_again-title = Pembayaran kedua telah Berhasil
plan-renewed_again-text = Kami menerima { IDR($amountIdr) } lagi untuk masa { $base } yang sudah dibayar. Tidak ada yang hilang: base diperpanjang sekali lagi, sampai { $until }.
plan-invoice_expired-subject = Pembayaran kedaluwarsa untuk { $base }
plan-invoice_expired-title = Pembayaran telah Kedaluwarsa
plan-invoice_expired-text = Tautan untuk membayar { IDR($amountIdr) } (paket { $plan }) bagi base { $base } sudah kedaluwarsa, dan belum ada yang dibayar. Minta tautan baru kapan saja.
plan-ending-subject = { $base } berakhir { $until }
plan-ending-title = Langganan { $base } segera berakhir
plan-ending-text =
    Base { $base } aktif sampai { $until }. Bayar { IDR($amountIdr) } untuk { say-days } lagi lewat { $earlier ->
        [yes] tautan baru ini; tautan sebelumnya tidak diperlukan lagi.
       *[no] tautan ini.
    }
plan-ended-subject = { $base } tidak aktif lagi
plan-ended-title = Langganan { $base } telah berakhir
plan-ended-text = Base { $base } aktif sampai { $until } dan tidak diperpanjang. Base aktif kembali begitu dibayar.
plan-money_back-subject = Uang Anda untuk { $base } dikembalikan
plan-money_back-title =
    { $reader ->
        [operator] Uang pelanggan dikembalikan
       *[customer] Uang Anda dikembalikan
    }
plan-money_back-text =
    { $reader ->
        [operator] { $money ->
            [by_hand] Pembayaran { IDR($refundIdr) } untuk { $base } tidak membeli masa aktif, dan salurannya tidak punya pengembalian otomatis. Kembalikan secara manual: minta rekening kepada pelanggan, kirim, lalu catat.
           *[other] Pembayaran { IDR($refundIdr) } untuk { $base } tidak membeli masa aktif, jadi uangnya dikembalikan kepada pelanggan.
        }
       *[customer] { $money ->
            [by_hand] Pembayaran { IDR($refundIdr) } untuk { $base } tidak membeli masa aktif. Uangnya kami kembalikan secara manual, karena salurannya tidak punya pengembalian otomatis; kami lakukan secepatnya.
           *[other] Pembayaran { IDR($refundIdr) } untuk { $base } tidak membeli masa aktif, jadi uangnya dikembalikan kepada Anda.
        }
    }
plan-stopped-subject = { $base } tidak aktif lagi
plan-stopped-title = Langganan { $base } dihentikan
plan-stopped-text = { $business } menghentikan langganan { $base }; base itu aktif sampai { $until }. Ada pertanyaan? Hubungi { $business }.
plan-given_back-subject = Uang Anda untuk { $base } dikembalikan
plan-given_back-title =
    { $reader ->
        [operator] Uang pelanggan dikembalikan
       *[customer] Uang Anda dikembalikan
    }
plan-given_back-text =
    { $reader ->
        [operator] { $money ->
            [by_hand] { IDR($refundIdr) } dari pembayaran untuk { $base } harus dikembalikan secara manual, karena salurannya tidak punya pengembalian otomatis: minta rekening kepada pelanggan, kirim, lalu catat. { plan-given_back-then }
           *[other] { IDR($refundIdr) } dari pembayaran untuk { $base } dikembalikan kepada pelanggan, melalui cara pembayarannya. { plan-given_back-then }
        }
       *[customer] { $money ->
            [by_hand] { $business } mengembalikan { IDR($refundIdr) } dari pembayaran untuk { $base }. Uangnya kami kembalikan secara manual, karena salurannya tidak punya pengembalian otomatis; kami lakukan secepatnya. { plan-given_back-then }
           *[other] { $business } mengembalikan { IDR($refundIdr) } dari pembayaran untuk { $base }, melalui cara pembayarannya. { plan-given_back-then }
        }
    }
plan-given_back-then =
    { $state ->
        [active] Base itu aktif sampai { $until }.
       *[ended] Base itu tidak aktif.
    }
plan-money_returned-subject = Uang Anda untuk { $base } sudah dikembalikan
plan-money_returned-title =
    { $reader ->
        [operator] Uang pelanggan sudah dikembalikan
       *[customer] Uang Anda sudah dikembalikan
    }
plan-money_returned-text =
    { IDR($refundIdr) } dari pembayaran untuk { $base } sudah dikembalikan kepada { $reader ->
        [operator] pelanggan.
       *[customer] Anda.
    }
otp-subject = { $code } adalah kode Anda untuk { $business }
otp-text = Ini kode Anda untuk membayar langganan di { $business }. Berlaku sampai { $until }, untuk satu kali.
otp-small = Jika Anda tidak memintanya, seseorang mengetikkan alamat Anda: tidak ada yang perlu dilakukan.

# Halaman langganan.
page-plan-state-pending = Menunggu pembayaran
page-plan-state-active = Aktif
page-plan-state-ended = Tidak aktif
page-plan-pending = Base aktif sampai { $until }. Base aktif kembali begitu tagihannya dibayar.
page-plan-active = Aktif sampai { $until }, dengan paket { $plan }.
page-plan-ended = Base aktif sampai { $until }.
page-plan-never = Base aktif begitu tagihannya dibayar.
page-plan-next = Mulai masa berikutnya: { $plan }.
page-plan-paused = Pengingat sedang dijeda.
page-plan-refund =
    { $refund ->
        [done] { $amount } sudah dikembalikan kepada Anda.
       *[due] { $amount } akan dikembalikan kepada Anda.
    }
page-plan-twin = Ini latihan dari yang akan terjadi: semua ini tidak sungguhan, dan tidak ada yang bisa dibayar.
page-plan-extend = Perpanjang
page-plan-again = Berlangganan lagi
page-plan-renew = Lanjut membayar
page-plan-history = Pembayaran
page-plan-until = sampai { $until }
page-plan-receipt = Kuitansi
page-invoice-wait-title = Halaman pembayaran { $base } sedang dibuka
page-invoice-wait = Mohon tunggu sebentar. Halaman ini lanjut sendiri.
page-invoice-returned-title = Pembayaran belum kami terima
page-invoice-returned = Sudah membayar? Biasanya hanya beberapa detik, dan halaman ini berubah sendiri: { $base } aktif begitu pembayarannya kami terima. Belum membayar? Lanjutkan di sini.
page-invoice-paid-title = { $base } sudah dibayar
page-invoice-paid = Pembayaran lewat tautan ini sudah kami terima, untuk masa sampai { $to }. Tidak ada lagi yang perlu dibayar lewat tautan ini.
page-invoice-back-title = Uang dari tautan ini dikembalikan
page-invoice-back = Uang yang dibayar lewat tautan ini dikembalikan kepada yang membayar. Tidak ada yang perlu dibayar di sini.
page-invoice-active-title = Tautan ini sudah berakhir
page-invoice-active = Tidak ada yang dibayar lewat tautan ini, dan tautan ini tidak bisa dipakai membayar lagi.
page-invoice-pending-title = Tautan ini sudah berakhir
page-invoice-pending = Tidak ada yang dibayar lewat tautan ini, dan tautan ini tidak bisa dipakai membayar lagi. { $base } belum aktif.
page-invoice-ended-title = Tautan ini sudah berakhir
page-invoice-ended = Tidak ada yang dibayar lewat tautan ini, dan tautan ini tidak bisa dipakai membayar lagi. { $base } tidak aktif.
page-invoice-until = { $base } aktif sampai { $until }.
page-invoice-new = Tautan yang baru ada di halaman langganan, atau minta kepada bot dengan /bayar.
page-invoice-page = Buka halaman langganan
page-invoice-where = Halaman langganan hanya terbuka lewat tautannya sendiri: di chat dan di email pemilik base.
page-invoice-chat = Buka chat
page-invoice-rehearsed-title = Latihan
page-invoice-rehearsed = Tautan ini bagian dari latihan: tidak ada yang bisa dibayar di sini, dan semua ini tidak sungguhan.

# Bot usaha yang menjual paket.
bot-command-bayar = Bayar langganan base
bot-command-langganan = Langganan Anda
bot-command-menfess = Kirim pesan anonim ke base
bot-plan-help =
    Yang bisa kami bantu di { $business }:
    /bayar: bayar langganan base
    /langganan: aktif sampai kapan, pengingat, paket berikutnya
    /menfess @base: kirim pesan anonim kepada pengikut base
    /help: daftar ini
bot-plan-help-admin =
    Untuk admin:
    /daftar: daftarkan base
    /bases: siapa aktif sampai kapan
    /sync [tagihan]: tanyakan kepada penyedia pembayaran sekarang
    /report: pendapatan 30 hari terakhir
    /filter +kata, /filter -kata: kata yang tidak diteruskan
bot-do-other-base = Base lain
bot-do-new-code = Kirim kode baru
bot-do-other-email = Alamat lain
bot-do-subscription = Langganan
bot-do-pay-base = Bayar
bot-do-pause = Jeda pengingat
bot-do-resume = Nyalakan pengingat
bot-do-change-plan = Paket masa berikutnya
bot-do-change = Ubah
bot-admin-only = Perintah ini hanya untuk admin.
bot-pay-base = <b>Base mana yang dibayar?</b>
bot-pay-name-base = <b>Base mana yang dibayar?</b> Tulis nama kanalnya, misalnya @base_saya.
bot-pay-no-base = Belum ada base terdaftar sebagai { $base }. Periksa nama kanalnya, atau minta admin mendaftarkannya.
bot-pay-plan = <b>{ $base }</b> ({ $name }). Paket yang mana?
bot-pay-plan-line = { $plan }: { IDR($amountIdr) } · { say-days }
bot-pay-use-buttons = Silakan pilih dengan tombol pada pesan ini.
bot-pay-email = Untuk memastikan Anda berhak, tulis alamat e-mail yang terdaftar untuk { $base } ({ $email }).
bot-pay-no-email = Itu bukan alamat e-mail. Contoh: nama@example.com.
bot-pay-code = Jika { $email } memang alamat yang terdaftar, kode enam angka sedang dikirim ke sana. Tulis kodenya di sini; berlaku sepuluh menit. Salah ketik? Tulis saja alamat yang benar.
bot-pay-code-unsent = Kodenya belum bisa dikirim. Tekan Kirim kode baru sebentar lagi, atau mulai lagi dengan /bayar.
bot-pay-code-often = Sudah lima kode diminta di sini dalam satu jam. Tulis kode dari surat terbaru, atau coba lagi nanti.
bot-pay-code-shape = Kode terdiri dari enam angka. Tulis kode dari surat terbaru.
bot-pay-code-wrong = Kode itu salah. Tulis kode dari surat terbaru ke alamat yang terdaftar, atau minta kode baru.
bot-pay-code-expired = Kode itu sudah tidak berlaku. Minta kode baru.
bot-pay-code-many = Terlalu banyak kode yang salah. Minta kode baru.
bot-pay-failed = Belum berhasil, dan belum ada yang dibayar. Mulai lagi dengan /bayar.
bot-pay-making = Membuat tautan pembayaran { $base }…
bot-pay-link =
    <b>Tautan pembayaran untuk { $base }</b>
    { $plan }, { say-days }: { IDR($amountIdr) }
    Bayar sebelum { $until }.

    { $url }

    Kami kabari di sini begitu sudah dibayar.
bot-pay-cancelled = Baik, tidak ada yang dibuat. Mulai lagi kapan saja dengan /bayar.
bot-pay-none = Sedang tidak ada yang dibayar. Mulai dengan /bayar.
bot-pay-busy = Tautan pembayarannya sedang dibuat. Belum datang juga? Mulai lagi dengan /bayar.
bot-pay-over = Langkah ini sudah selesai. Mulai lagi dengan /bayar.
bot-owned = <b>Base Anda</b>
bot-owned-none = Belum ada base yang terdaftar untuk chat ini. Dengan /bayar Anda bisa membayar base mana pun yang Anda sebut.
bot-owned-never = { $base } belum punya langganan.
bot-owned-one =
    <b>{ $base }</b>: { $state }
    Paket: { $plan }
    Aktif sampai: { $until }
    Masa berikutnya: { $next }
    Pengingat: { $reminders ->
        [paused] dijeda
       *[on] menyala
    }
bot-owned-paused = Pengingat dijeda.
bot-owned-resumed = Pengingat menyala lagi.
bot-owned-change = <b>{ $base }</b>: paket mana mulai masa berikutnya?
bot-owned-changed = Dicatat untuk masa berikutnya.
bot-register-form =
    <b>Daftarkan base</b>: salin formulir ini, isi, lalu kirim. Pemilik adalah nomor chat orang itu dengan bot ini.

    <pre>Nama: { $name }
    Channel: { $channel }
    Pemilik: { $owner }
    Email: { $email }</pre>
bot-register-wrong = <b>Format belum benar.</b> Yang sudah benar terisi di bawah; perbaiki:
bot-register-wrong-name = Nama: 2 sampai 60 huruf
bot-register-wrong-channel = Channel: @ dan nama kanal (4 sampai 32 huruf, angka, atau _)
bot-register-wrong-owner = Pemilik: nomor chat pemilik
bot-register-wrong-email = Email: alamat seperti nama@example.com
bot-register-written = (tertulis: { $said })
bot-register-new = Terdaftar: <b>{ $name }</b> (<code>{ $base }</code>), pemilik <code>{ $owner }</code>.
bot-register-changed = Diubah: <b>{ $name }</b> (<code>{ $base }</code>), pemilik <code>{ $owner }</code>.
bot-register-known =
    <b>{ $base }</b> sudah terdaftar { $state ->
        [active] dan aktif sampai { $until }
       *[inactive] dan sedang tidak aktif
    }. Yang akan berubah:
bot-register-change-name = Nama: { $from } → <b>{ $to }</b>
bot-register-change-owner = Pemilik: <code>{ $from }</code> → <code>{ $to }</code>
bot-register-change-email = Email: { $from } → <b>{ $to }</b>
bot-register-ask = Ubah? Pemiliknya kami kabari; pemilik yang lama tidak melihat base ini lagi.
bot-register-same = <b>{ $name }</b> (<code>{ $base }</code>) sudah terdaftar persis begitu: tidak ada yang diubah.
bot-register-kept = Baik, pendaftaran { $base } tetap seperti semula.
bot-register-stale = Pertanyaan itu sudah lama. Mulai lagi dengan /daftar.
bot-register-yours =
    Base <b>{ $name }</b> ({ $base }) terdaftar atas chat ini, dengan alamat { $email }.
    /langganan: lihat langganannya. /bayar: bayar.
bot-register-yours-changed = Pendaftaran base <b>{ $name }</b> ({ $base }) diubah oleh admin:
bot-register-gone = Base <b>{ $name }</b> ({ $base }) kini terdaftar atas pemilik lain: base itu tidak ada lagi di /langganan Anda, dan kabarnya tidak lagi dikirim ke sini. Keliru? Hubungi { $business }.
bot-bases = <b>Base</b>
bot-bases-none = Belum ada base yang terdaftar. Mulai dengan /daftar.
bot-bases-active = ✓ { $base }: sampai { $until }
bot-bases-inactive = – { $base }: tidak aktif
bot-report =
    <b>Pendapatan</b>
    { $from } – { $to }
    Total: { IDR($amountIdr) }
bot-report-plan = { $plan }: { IDR($amountIdr) } ({ $count } pembayaran)
bot-report-picture = Pendapatan per hari
bot-report-most = { IDR($amountIdr) }
bot-sync-asking = Menanyakan kepada penyedia pembayaran…
bot-sync = <b>Sebelum → sekarang</b>
bot-sync-none = tidak ada jawaban
bot-sync-nothing = Tidak ada tagihan terbuka.
bot-sync-unknown = Tidak ada tagihan { $named }. Periksa nomornya, misalnya ABCD2345-1.
bot-sync-state =
    { $state ->
        [PAID] sudah dibayar
        [PENDING] menunggu pembayaran
        [EXPIRED] kedaluwarsa
        [DENIED] ditolak
        [REVIEW] sedang diperiksa
       *[other] gagal
    }
bot-sync-same = tetap { $now }
bot-sync-changed = sekarang { $now }
bot-sync-failed = Penyedia pembayaran tidak menjawab. Coba lagi nanti.
bot-relay-open = Tulis pesan Anda untuk pengikut { $base }: dikirim tanpa nama Anda.
bot-relay-which = Kepada base mana? Tulis /menfess @base dengan nama kanalnya.
bot-relay-no-base = Belum ada base terdaftar sebagai { $base }. Tulis /menfess @base dengan nama kanalnya.
bot-relay-inactive = { $base } sedang tidak aktif: tidak ada yang dikirim.
bot-relay-long = Terlalu panjang: paling banyak { $most } huruf.
bot-relay-word = Ada kata yang tidak diteruskan di sini. Tidak ada yang dikirim.
bot-relay-often = Anda boleh mengirim { $most } kali dalam satu jam. Tidak ada yang dikirim.
bot-relay-unposted = Pesan Anda tidak bisa dikirim ke { $base }: pesan itu tidak ada di sana. Mungkin admin perlu memasukkan bot ke kanal itu lagi; coba lain waktu.
bot-relay-posted = Terkirim ke { $base }. Tulis lagi, atau /help untuk hal lain.
bot-filter = <b>Kata yang tidak diteruskan</b>: { $words }
page-plan-secret = Alamat halaman ini hanya untuk Anda: siapa pun yang memegangnya dapat melihat langganan dan membayarnya. Simpan, jangan dibagikan.
page-plan-subscribe = Berlangganan lewat chat
page-pay-transfer-for = Untuk pesanan { $code }.
page-invoice-checking-title = Pembayaran Anda sedang diperiksa
page-invoice-checking = Biasanya hanya beberapa detik, dan halaman ini berubah sendiri: { $base } aktif begitu pembayarannya kami terima.
