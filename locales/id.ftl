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
       *[other] Daring
    }
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
notice-secret = Tautan di email ini hanya untuk Anda: siapa pun yang memegangnya dapat melihat pesanan dan e-tiket.
notice-contact = Ada pertanyaan? Hubungi { $business }: { $contact }
notice-operator-lines =
    Kode: { $code }
    { say-offering }: { $offering }
    Waktu: { $when }
    Jumlah: { say-party }
    Status: { say-state }
    Total { IDR($amountIdr) }, diterima { IDR($paidIdr) }
notice-operator-end = Rincian dan riwayatnya ada di konsol, dengan kode di atas.

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

    Pilih cara bayar yang Anda suka: virtual account, QRIS, dompet digital, atau kartu. E-tiket datang ke email ini begitu pembayaran kami terima.
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
    Kami menerima { IDR($paidIdr) } dari { IDR($amountIdr) }. Masih kurang { IDR($missingIdr) }, jadi e-tiket belum bisa diterbitkan.

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

notice-paid-subject = LUNAS: e-tiket { $offering }, { DAY($date) } ({ $code })
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
    Pesanan ini sudah dibatalkan. Tempatnya dilepas dan e-tiket yang pernah terbit tidak berlaku lagi.

    { notice-money }
notice-cancelled-operator = Pesanan dibatalkan.

notice-closed-subject = { $business } tutup pada { DAY($date) } ({ $code })
notice-closed-title = Tutup pada tanggal Anda
notice-closed-text =
    Mohon maaf: { $business } menutup { $offering } pada { DAY($date) }. Pesanan Anda tidak bisa dijalankan, dan e-tiketnya tidak berlaku lagi.

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

    Anda tidak kehilangan apa-apa: pesanan tetap untuk { $when }, dan e-tiket yang Anda punya tetap berlaku.
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

    Pesanan ini sendiri tidak berlaku; jangan datang dengan e-tiket lama. Kalau kabarnya lama, hubungi { $business } dan sebutkan kode { $code }.
notice-refund_due-operator = { IDR($refundIdr) } harus dikembalikan. Kalau cara bayarnya transfer bank: minta rekening kepada pelanggan, kirim, lalu catat di konsol.

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
    Mohon maaf: { $business } menutup { $offering } pada { DAY($date) }. Pembayaran Anda tetap tercatat.

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
    { say-party }
    E-tiket dan perubahan: { $statusUrl }
    { $business }: { $contact }
calendar-alarm = { $offering }: { $when }
