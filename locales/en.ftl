# Every sentence a person reads, in English. locales/id.ftl has the same keys and arguments.
#
# Functions: IDR(amount) "Rp25.000" · DAY(date) "Saturday, 22 November 2025" ·
# CLOCK(instant, zone) "06:00 WIB" · MOMENT(instant, zone) "Saturday, 22 November 2025 at 06:00 WIB".
# Blank lines in a text part its paragraphs.

## Words that several texts share

say-idr = { IDR($amountIdr) }
say-day = { DAY($date) }
say-day-at = { DAY($date) } at { CLOCK($at, $zone) }
say-moment = { MOMENT($at, $zone) }
say-period = { MOMENT($from, $zone) } to { MOMENT($to, $zone) }
say-clock = { CLOCK($at, $zone) }

say-offering =
    { $kind ->
        [permit] Trail
        [appointment] Service
       *[plan] Plan
    }
say-party =
    { $kind ->
        [permit]
            { $quantity ->
                [one] { $quantity } person
               *[other] { $quantity } people
            }
       *[other]
            { $quantity ->
                [one] { $quantity } place
               *[other] { $quantity } places
            }
    }
say-state =
    { $state ->
        [held] Waiting for payment
        [review] Payment under review
        [paid] PAID
        [expired] Expired
        [cancelled] Cancelled
        [refund_due] Refund on its way
        [refunded] Refunded
       *[completed] Completed
    }
say-method =
    { $method ->
        [bank_transfer] Bank transfer (virtual account)
        [bca_va] BCA virtual account
        [bni_va] BNI virtual account
        [bri_va] BRI virtual account
        [permata_va] Permata virtual account
        [cimb_va] CIMB Niaga virtual account
        [echannel] Mandiri Bill
        [qris] QRIS
        [other_qris] QRIS
        [gopay] GoPay
        [shopeepay] ShopeePay
        [dana] DANA
        [ovo] OVO
        [credit_card] Card
        [cstore] Convenience store
        [ewallet] E-wallet
        [retail_outlet] Shop
        [qr_code] QRIS
       *[other] Online
    }
say-days =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
say-refund =
    { $refund ->
        [due] to be sent
        [requested] being sent
        [done] sent
       *[by_hand] by transfer from the business
    }
say-repair =
    { $repair ->
        [queued] in the queue
        [in_progress] being repaired
        [waiting_part] waiting for a part
        [ready] finished and ready to collect
        [handed_over] handed over
       *[none] not started yet
    }

## Notices: what every mail has

notice-greeting = Hello { $name },
notice-greeting-nameless = Hello,
notice-code = Booking code
notice-day = When
notice-party = Party
notice-amount = Total
notice-paid = Received
notice-refund = Refund
notice-state = Status
notice-deadline-elsewhere = the time shown on your booking page
notice-attached =
    { $tickets ->
        [ready] Your tickets, the receipt and a calendar file are attached to this mail.
       *[none] The receipt and a calendar file are attached to this mail.
    }
notice-link = If the button does not work, open this address:
notice-secret =
    { $kind ->
        [permit] The links in this mail are yours alone: whoever holds them can see the booking and its tickets.
        [appointment] The links in this mail are yours alone: whoever holds them can see the booking and change it.
       *[plan] The links in this mail are yours alone: whoever holds them can see the subscription and pay for it.
    }
notice-contact = Any question? Contact { $business }: { $contact }
notice-operator-lines =
    Code: { $code }
    { say-offering }: { $offering }
    When: { $when }
    Party: { say-party }
    Status: { say-state }
    Total { IDR($amountIdr) }, received { IDR($paidIdr) }
notice-operator-end = The details and the whole story: npm run pesan -- booking show { $code }

notice-do-pay = Pay now
notice-do-pay-again = Try to pay again
notice-do-pay-difference = Pay the difference
notice-do-tickets = Download tickets (PDF)
notice-do-status = See your booking
notice-do-choose = Choose a new date

notice-money =
    { $money ->
        [nothing] We received no money for this booking, so there is nothing to give back.
        [kept] By the cancellation rules, no money is given back for this booking.
        [due] We will send { IDR($refundIdr) } back the way you paid. You need not do anything; we will tell you when it is sent.
        [requested] { IDR($refundIdr) } is on its way back to you, the way you paid. You need not do anything; we will tell you when it is sent.
        [done] { IDR($refundIdr) } has been sent back the way you paid.
       *[by_hand] { IDR($refundIdr) } will be given back to you. Money from a bank transfer cannot go back automatically, so { $business } will contact you and ask for an account to send it to. We never ask for a PIN, an OTP or a password.
    }

## Notices: what happened

notice-held-subject = Your place is held: pay before { $deadlineClock } ({ $code })
notice-held-title = Your place is held
notice-held-text =
    Pay { IDR($amountIdr) } by { $deadline }. After that the place goes to somebody else.

    { $kind ->
        [permit] Pay the way you like: virtual account, QRIS, e-wallet or card. Your tickets come to this address as soon as your payment arrives.
       *[other] Pay the way you like: virtual account, QRIS, e-wallet or card. The confirmation and the receipt come to this address as soon as your payment arrives.
    }
notice-held-operator = A new booking waits for payment.

notice-offered-subject = There is a place for you: pay before { $deadlineClock } ({ $code })
notice-offered-title = It is your turn: there is a place
notice-offered-text =
    You are on the waiting list, and a place is free now. We hold it for you until { $deadline }.

    Pay { IDR($amountIdr) } before then and it is yours. If you do not, the offer goes to the next in line and costs you nothing.
notice-offered-operator = A freed place was offered to the waiting list.

notice-remind-subject = Ending soon: pay before { $deadlineClock } ({ $code })
notice-remind-title = Your time to pay is almost over
notice-remind-text =
    We have not received your payment yet. Your place is held until { $deadline }; then it is released.

    Already paid? Ignore this message. Word from a bank is sometimes a few minutes late.
notice-remind-operator = A payment reminder was sent.

notice-denied-subject = Payment declined, your place is still held ({ $code })
notice-denied-title = Your payment was declined
notice-denied-text =
    The bank or payment provider declined this payment. Your booking is not paid, and we received no money from this attempt.

    Your place is still held until { $deadline }. Please try again, with another card or another way to pay. If your balance was charged, your bank will give it back.
notice-denied-operator = One attempt to pay was declined; the place is still held.

notice-review-subject = Your payment is being reviewed ({ $code })
notice-review-title = Your payment is being reviewed
notice-review-text =
    The payment provider is checking this transaction before passing it on. It usually takes a few hours, at most 24.

    Your place is safe meanwhile. Do not pay again; we will write to you with the result.
notice-review-operator = A payment is held for review (fraud challenge). Approve or deny it in the provider's dashboard within 24 hours.

notice-underpaid-subject = { IDR($missingIdr) } of your payment is missing ({ $code })
notice-underpaid-title = Your payment is not complete
notice-underpaid-text =
    { $kind ->
        [permit] We received { IDR($paidIdr) } of { IDR($amountIdr) }. { IDR($missingIdr) } is missing, so your tickets cannot be issued yet.
       *[other] We received { IDR($paidIdr) } of { IDR($amountIdr) }. { IDR($missingIdr) } is missing, so your appointment is not certain yet.
    }

    Your money is recorded and not lost. Open your booking page to see how to pay the rest, or contact { $business }.
notice-underpaid-operator = { IDR($missingIdr) } is missing. Contact the customer, or give back what came.

notice-overpaid-subject = You paid { IDR($excessIdr) } too much ({ $code })
notice-overpaid-title = You paid too much
notice-overpaid-text =
    We received { IDR($paidIdr) } for a booking of { IDR($amountIdr) }. The extra { IDR($excessIdr) } is yours.

    { $money ->
        [nothing] { $business } will give it back and tell you.
        [kept] { $business } will give it back and tell you.
       *[other] { notice-money }
    }
notice-overpaid-operator = { IDR($excessIdr) } too much was paid. It has to be given back.

notice-paid-subject =
    { $kind ->
        [permit] PAID: your tickets for { $offering }, { DAY($date) } ({ $code })
       *[other] PAID: your appointment on { $when } ({ $code })
    }
notice-paid-title = Paid. See you there!
notice-paid-text =
    { $tickets ->
        [ready] We received your payment of { IDR($paidIdr) }. Your tickets are ready: one page with one QR code for each person.
        [issuing] We received your payment of { IDR($paidIdr) }. Your tickets are being issued and will be on your booking page in a moment.
       *[none] We received your payment of { IDR($paidIdr) }. Your booking is certain.
    }

    { $kind ->
        [permit] Show the QR code at the gate, on a screen or on paper, with your original identity document. Keep the PDF on your phone; there is often no signal on the mountain.
       *[other] Come in time and show your booking code.
    }
notice-paid-operator = A booking was paid.

notice-expired-subject = Expired: the time to pay is over ({ $code })
notice-expired-title = The time to pay is over
notice-expired-text =
    { $unconfirmed ->
        [yes] By { $deadline } we could not confirm your payment, because the payment provider did not answer. We had to release the place.
       *[no] By { $deadline } we had not received your payment, so we released the place. This booking is no longer valid.
    }

    { $money ->
        [nothing] Please do not use the old virtual account number or QR code. If you paid all the same, your money is not lost: when it arrives the booking becomes valid again while there is room, and otherwise the money goes back. We will tell you.
        [kept] { $business } will contact you about the { IDR($paidIdr) } that we received.
       *[other] { notice-money }
    }

    Still want to come? Make a new booking while there is room.
notice-expired-operator =
    { $unconfirmed ->
        [yes] The time to pay ended while the provider did not answer: places released, payment unconfirmed.
       *[no] The time to pay ended; places released.
    }

notice-cancelled-subject = Booking cancelled ({ $code })
notice-cancelled-title = Your booking is cancelled
notice-cancelled-text =
    { $kind ->
        [permit] This booking has been cancelled. Its places are released and any tickets issued for it are void.
       *[other] This appointment has been cancelled, and its hour is released.
    }

    { notice-money }
notice-cancelled-operator = A booking was cancelled.

notice-closed-subject = { $business } is closed on { DAY($date) } ({ $code })
notice-closed-title = Closed on your date
notice-closed-text =
    { $kind ->
        [permit] We are sorry: { $business } has closed { $offering } on { DAY($date) }. Your booking cannot take place, and its tickets are void.
       *[other] We are sorry: { $business } is closed on { DAY($date) }. Your appointment cannot take place.
    }

    { $money ->
        [nothing] We received no money for this booking, so there is nothing to give back.
        [kept] { $business } will contact you about your payment of { IDR($paidIdr) }.
       *[other] { notice-money }
    }
notice-closed-operator = A booking ended because of a closure.

notice-late_paid-subject = Your late payment arrived, the booking is valid again ({ $code })
notice-late_paid-title = Your booking is valid again
notice-late_paid-text =
    Your money arrived after the time to pay was over. Luckily there was still room: we took the place again for you, and the booking is paid.

    { $tickets ->
        [ready] Your tickets are ready: one page with one QR code for each person.
        [issuing] Your tickets are being issued and will be on your booking page in a moment.
       *[none] Come in time and show your booking code.
    }
notice-late_paid-operator = Money came after the time to pay; there was room, and the places were taken again.

notice-moved-subject = Moved to { DAY($date) } ({ $code })
notice-moved-title = Your date is moved
notice-moved-text =
    Your new date: { $when }.

    { $tickets ->
        [ready] The old tickets are void. Download the new ones and delete the old.
        [issuing] The old tickets are void. New ones are being issued and will be on your booking page in a moment.
       *[none] Your booking code stays the same.
    }

    { $money ->
        [nothing] The price of your booking is now { IDR($amountIdr) }.
        [kept] The price of your booking is now { IDR($amountIdr) }.
       *[other] This date costs less. { notice-money }
    }
notice-moved-operator = A booking was moved to another date.

notice-move_lapsed-subject = Your date was not moved ({ $code })
notice-move_lapsed-title = Your date was not moved
notice-move_lapsed-text =
    The difference in price did not arrive in time, so we released the place on the new date.

    { $kind ->
        [permit] You have lost nothing: your booking stays for { $when }, and the tickets you have stay valid.
       *[other] You have lost nothing: your appointment stays on { $when }.
    }
notice-move_lapsed-operator = A move lapsed because the difference was not paid.

notice-move_difference-subject = Pay the difference to move your date ({ $code })
notice-move_difference-title = One more step to move your date
notice-move_difference-text =
    { $move ->
        [open] { $moveWhen } costs { IDR($moveIdr) } more. We hold its place until { $moveDeadline }.
       *[none] The date you chose costs more. We hold its place until { notice-deadline-elsewhere }.
    }

    Pay the difference and your date is moved at once. If you do not, nothing changes: your booking stays for { $when }.
notice-move_difference-operator = A move waits for the difference to be paid.

notice-refund_due-subject = Your money will be given back: { IDR($refundIdr) } ({ $code })
notice-refund_due-title = Your money will be given back
notice-refund_due-text =
    { $money ->
        [nothing] { $business } will contact you about the money for this booking.
        [kept] { $business } will contact you about the { IDR($paidIdr) } for this booking.
       *[other] { notice-money }
    }

    { $kind ->
        [permit] The booking itself is not valid; please do not come with old tickets. If you hear nothing, contact { $business } and name the code { $code }.
       *[other] The appointment itself is not valid any more. If you hear nothing, contact { $business } and name the code { $code }.
    }
notice-refund_due-operator = { IDR($refundIdr) } has to be given back. If it came by bank transfer: ask the customer for an account, send it, and record it.

notice-refunded-subject = Refunded: { IDR($refundIdr) } ({ $code })
notice-refunded-title = Your money has been sent back
notice-refunded-text =
    We have sent { IDR($refundIdr) } back.

    E-wallets usually show it within minutes; banks and cards may take up to 14 working days. Keep this mail as proof.
notice-refunded-operator = { IDR($refundIdr) } was given back.

notice-visit-subject = See you { $when } ({ $code })
notice-visit-title = It is almost time
notice-visit-text =
    { $kind ->
        [permit] Your hike: { $offering }, { $when }. Bring your tickets on a phone or on paper, and the original identity document of every member.
       *[other] Your appointment: { $offering }, { $when }. Show your booking code when you arrive.
    }

    Not coming? Open your booking page to see whether it can still be cancelled or moved.
notice-visit-operator = A visit reminder was sent.

notice-repair-subject = Your repair is { say-repair } ({ $code })
notice-repair-title = Your repair is { say-repair }
notice-repair-text =
    { $repair ->
        [queued] Your device is in the queue. We will tell you when the work begins.
        [in_progress] A technician is working on your device.
        [waiting_part] The work waits for a part. We will tell you when it is here.
        [ready] Your device is finished. Please collect it during opening hours, with your booking code.
        [handed_over] Your device has been handed over. Thank you!
       *[none] The work has not started yet.
    }
notice-repair-operator = Repair status: { say-repair }.

notice-choose_date-subject = { $business } is closed on { DAY($date) }: choose a new date ({ $code })
notice-choose_date-title = Choose a new date
notice-choose_date-text =
    { $kind ->
        [permit] We are sorry: { $business } has closed { $offering } on { DAY($date) }. Your payment stays recorded.
       *[other] We are sorry: { $business } is closed on { DAY($date) }. Your payment stays recorded.
    }

    Choose another date on your booking page; moving costs nothing. If no date suits you, you can cancel there, or contact { $business }.
notice-choose_date-operator = A day was closed; the customer was asked to choose a new date.

## Tickets

ticket-title = Tickets { $offering }, { $code }
ticket-file = tickets-{ $code }.pdf
ticket-heading =
    { $kind ->
        [permit] Entry permit
        [appointment] Appointment
       *[plan] Ticket
    }
ticket-valid-for = Valid only on
ticket-from = from { CLOCK($at, $zone) }
ticket-holder = Holder
ticket-identity = Identity
ticket-seat = Member
ticket-seat-of = { $seat } of { $seats }
ticket-id = Ticket number
ticket-code = Booking code
ticket-scan = Show this code at the gate
ticket-nameless = Member { $seat }
ticket-unprintable = The mark { $mark } stands for letters that cannot be printed. The full name is on file, and this ticket is valid.
ticket-rules =
    { $kind ->
        [permit] One code, one person. Bring your original identity document. Report at the gate on the way up and on the way down. Copies and old tickets are refused once a code was used or a date was moved.
       *[other] One code, one arrival. Please come in time. Old tickets are void once the time was moved.
    }
ticket-contact = { $business } · { $contact }
ticket-page = Page { $page } of { $pages }

## Receipts

receipt-title = Receipt { $code }
receipt-file = receipt-{ $code }.pdf
receipt-heading = Receipt
receipt-code = Number
receipt-customer = Received from
receipt-paid-at = Paid
receipt-method = Paid by
receipt-visit = For
receipt-item = Description
receipt-sum = Amount
receipt-line =
    { $kind ->
        [permit]
            { $quantity ->
                [one] { $offering }, { $quantity } person
               *[other] { $offering }, { $quantity } people
            }
       *[other] { $offering }
    }
receipt-total = Total
receipt-paid = Received
receipt-missing = Missing
receipt-excess = Too much
receipt-refund = Refund ({ say-refund })
receipt-kept = After refund
receipt-stamp = PAID
receipt-unprintable = The mark { $mark } stands for letters that cannot be printed.
receipt-note = This receipt was made automatically and is valid without a signature.

## Calendar files

calendar-file = { $code }.ics
calendar-title =
    { $kind ->
        [permit] { $offering } · { $business }
       *[other] Appointment: { $offering } · { $business }
    }
calendar-about =
    Booking code: { $code }
    { $kind ->
        [permit] { say-party }
       *[other] { $offering }
    }
    { $kind ->
        [permit] Tickets and changes
       *[other] Details and changes
    }: { $statusUrl }
    { $business }: { $contact }
calendar-alarm = { $offering }: { $when }

## Pages: what every page has

page-skip = Skip to the content
page-nav = Main
page-contact = Questions? Contact { $business }:
page-all-businesses = All businesses on Pesan
page-kind =
    { $kind ->
        [permit] Hiking permits
        [appointment] Appointments
       *[plan] Subscriptions
    }
page-optional = optional
page-reason = The reason:

## Pages: the front, and what a business sells

page-home-title = Book your place
page-home-lead = Choose a business. Your place is held while you pay, and the news comes to your e-mail.
page-home-go =
    { $kind ->
        [permit] See trails and places left
        [appointment] See prices and free hours
       *[plan] See the plans
    }
page-price-from = from
page-price-from-short = from { IDR($amountIdr) }
page-next-days = The next days
page-book-ware = Book { $offering }
page-reserve = Make an appointment
page-reserve-here = or here on the web, without Telegram
page-next-hours = Next free hours
page-next-hours-none = No hour is free in the next weeks.
page-carry = Go on in Telegram
page-today-open =
    { $left ->
        [one] Open today: { $left } place left.
       *[other] Open today: { $left } places left.
    }
page-today-few =
    { $left ->
        [one] Nearly full today: { $left } place left.
       *[other] Nearly full today: { $left } places left.
    }
page-today-full = Full today.
page-today-closed = Closed today.
page-day-open =
    { $unit ->
        [hour] { $left } free
       *[place] { $left } left
    }
page-day-few =
    { $unit ->
        [hour] { $left } free
       *[place] { $left } left
    }
page-day-full = full
page-day-closed = closed
page-guest-local = Indonesian ID
page-guest-foreign = Passport
page-every-day = Every day
page-sort-device = Devices
page-sort-part = Spare parts
page-sort-extra = Extras
page-hours = Opening hours
page-hours-closed = closed
page-plan-how = To subscribe, contact { $business } at the address below.
page-rules = The rules
page-rule-day = A permit is for one day, from { $time } local time.
page-rule-hour = An appointment takes { $minutes } minutes.
page-rule-party = At most { $most } people in a party; every member is registered with an identity.
page-rule-identity = One identity holds one place a day.
page-rule-hold = A place is held for { $minutes } minutes to be paid. After that somebody else may have it.
page-rule-ahead = Bookings open { $days } days ahead.
page-rule-cancel = Cancelled at least { $hours } hours before: { $percent }% of the money comes back.
page-rule-move =
    { $times ->
        [one] The date can be moved once, until { $hours } hours before.
       *[other] The date can be moved { $times } times, until { $hours } hours before.
    }

## Pages: booking

page-steps = Steps of booking
page-step-when = Date
page-step-who = Members
page-step-what = Device
page-step-pay = Pay
page-book-title =
    { $kind ->
        [permit] Book a hiking permit
       *[other] Make an appointment
    }
page-who-title =
    { $kind ->
        [permit] Who is going?
       *[other] What is to be repaired?
    }
page-wrong-title = Please check: { $title }
page-field-date = Date
page-field-quantity = Number of people
page-field-quantity-hint = 1 to { $most } people
page-next = Continue
page-calendar =
    { $unit ->
        [hour] Free hours: { $offering }
       *[place] Places left: { $offering }
    }
page-calendar-hint =
    { $unit ->
        [hour] The small number is the hours that are free. Choose a date.
       *[place] The small number is the places left. Choose a date; for one that is full you can join the waiting list.
    }
page-hours-of = Free hours on { $day }
page-hours-none = There are no open hours on this date. Choose another one in the calendar.
page-slot-late = too late
page-slot-left =
    { $left ->
        [0] full
       *[other] { $left } left
    }
page-chosen-hour = At { $time }
page-chosen-party =
    { $quantity ->
        [one] { $quantity } person
       *[other] { $quantity } people
    }
page-each = { IDR($amountIdr) } each
page-each-foreign = { IDR($amountIdr) } with a passport
page-change = Change this
page-member = Member { $seat }
page-member-add = Add a member
page-member-remove = Remove member { $seat }
page-member-more = Birth date, phone and emergency contact (recommended)
page-field-member-name = Full name
page-field-member-name-hint = As written on the identity document
page-field-identity-type = Kind of identity
page-identity-nik = Indonesian ID card (NIK)
page-identity-passport = Passport
page-field-identity-number = Identity number
page-field-birth = Birth date
page-field-member-phone = Phone number
page-field-sos-name = Emergency contact: name
page-field-sos-phone = Emergency contact: phone
page-contact-title = Where do we send the news?
page-field-name = Your name
page-field-email = E-mail
page-field-email-hint =
    { $kind ->
        [permit] E-tickets and other news are sent here.
       *[other] The receipt and other news are sent here.
    }
page-field-phone = Your phone number
page-field-phone-hint = For example: 0812 3456 7890
page-field-device = Device
page-field-parts = Spare parts to have ready
page-choose = Choose…
page-total = Total
page-total-hint = To be paid once your place is held, within { $minutes } minutes.
page-hold =
    { $kind ->
        [permit] Hold the places and pay
       *[other] Hold this hour and pay
    }
page-hold-hint = Your place is held for { $minutes } minutes. Nothing is charged in this step.
page-hold-again = Try to book again
page-join-line =
    { $kind ->
        [permit] Join the waiting list of this date
       *[other] Join the waiting list of this hour
    }
page-mistakes =
    { $count ->
        [1] One field needs another look
       *[other] { $count } fields need another look
    }

page-refused-sold-out-title = Not enough places on { $day }
page-refused-sold-out =
    { $kind ->
        [permit] Fewer places are left than { $quantity }. Choose another date, or join the waiting list: as soon as there is room we hold it for you and tell you by e-mail. What you typed is kept below.
       *[other] Somebody else has this hour. Choose another one, or join the waiting list: as soon as it is free we hold it for you and tell you by e-mail. What you typed is kept below.
    }
page-refused-closed-title = Closed on { $day }
page-refused-closed = This date or hour cannot be booked. Choose another one; nothing you typed is lost.
page-refused-identity-title = Somebody of this party is registered on { $day } already
page-refused-identity = One identity holds one place a day, and one of those below is used in another booking. Check the numbers, choose another date, or find the earlier booking by the link in your e-mail.
page-refused-too-late-title = Too late for { $day }
page-refused-too-late = It begins too soon to be booked. Choose another time; nothing you typed is lost.
page-refused-not-allowed-title = This cannot be booked
page-refused-not-allowed = The rules of the business do not allow it. The date never has room for a party of this size, or it is too late. Choose another date or a smaller party.
page-refused-used-key-title = This form was sent already
page-refused-used-key = This form became a booking, and was changed since. That first booking stands. If you do want a second one with what is typed below, send it once more.
page-refused-earlier = See the first booking
page-refused-slow-down-title = Too many tries
page-refused-slow-down = Wait a minute, then send it again. What you typed is kept below.
page-refused-unavailable-title = No answer yet
page-refused-unavailable = The system does not answer right now. Nothing is lost and nothing is booked twice: send the form below again in a moment.
page-refused-stale-title = This form was open for too long
page-refused-stale = To be safe, send it once more. What you typed is kept below. If you keep seeing this, allow cookies for this page.
page-other-days = Other choices
page-other-permit = { $left } left · { IDR($amountIdr) } each

page-fault-name = Write the name, at most 100 letters.
page-fault-identity-empty = Write the identity number.
page-fault-nik-digits = A NIK has 16 digits.
page-fault-nik = This NIK cannot be right: check the digits, above all the birth date in digits 7 to 12.
page-fault-passport = A passport number has 5 to 9 letters and digits.
page-fault-identity-twice = Another member of this party has this identity already.
page-fault-birth = This birth date does not exist.
page-fault-phone = A phone number has 6 to 20 digits.
page-fault-email = This e-mail address is not complete, or mistyped.
page-fault-reach = Write an e-mail address or a phone number, so that we can tell you the news.
page-fault-quantity = Write a number of people from 1 to { $most }.
page-fault-offering = Choose one of these.
page-fault-date = Choose a date.
page-fault-date-past = This date has passed.
page-fault-date-far = Bookings are open until { $last } so far.
page-fault-date-late = It is too late to book this date or hour.
page-fault-time = Choose an hour.
page-fault-device = Choose a device.
page-fault-part = This part is not there. Choose from the list.
page-fault-other = This is not right yet.
page-fault-member = Member { $seat }: { $text }

## Pages: a booking

page-held-until = Your place is held until
page-checking-title = We are checking your payment
page-checking = That usually takes some seconds, and this page changes by itself. If you have not paid yet, the button below opens the payment page again.
page-state-checking = Money received, being checked
page-news-checking-title = We are checking your payment
page-news-checking = Your money has arrived, so do not pay again. This usually takes some seconds, and this page changes by itself.
page-pay = Pay now · { IDR($amountIdr) }
page-pay-again = Try again to pay { IDR($amountIdr) }
page-book-again = Book again
page-secret-link =
    { $kind ->
        [permit] The address of this page is only for you: whoever holds it can see the booking and its e-tickets. Keep it, do not share it.
       *[other] The address of this page is only for you: whoever holds it can see the booking and change it. Keep it, do not share it.
    }
page-details =
    { $kind ->
        [appointment] Order data
       *[other] Your booking
    }
page-method = Method
page-customer = Booked by
page-tickets =
    { $count ->
        [1] E-ticket
       *[other] { $count } e-tickets
    }
page-qr-of = QR code of ticket { $ticket }
page-ticket-state =
    { $state ->
        [in] Checked in
        [out] Checked out
       *[void] Not valid
    }
page-download-tickets =
    { $count ->
        [1] Download the e-ticket (PDF)
       *[other] Download { $count } e-tickets (PDF)
    }
page-download-receipt = Receipt (PDF)
page-download-calendar = Add to calendar
page-repair = How the repair goes
page-repair-none = The work has not begun. This changes by itself.

page-news-held-title = Your place is held
page-news-held = Pay { IDR($amountIdr) } before the time is over, by virtual account, QRIS, e-wallet or card. This page changes by itself as soon as we have the money.
page-way-back-mailed = The link to this page also goes by e-mail to { $to }, a minute from now. If it is not there in five minutes, not in spam either, keep the address of this page: the e-mail address may be mistyped.
page-way-back-kept =
    { $known ->
        [phone]
            { $kind ->
                [appointment] You gave no e-mail address, so no mail comes: keep the address of this page. If it is lost, write /status { $code } to our Telegram bot, and then your phone number.
               *[other] You gave no e-mail address, so no mail comes, and the tickets are only on this page: keep its address. If it is lost, ask { $business }, with the code { $code } and your phone number.
            }
       *[chat] You gave no e-mail address, so no mail comes. News comes to the chat in which you booked, and its buttons open this page again.
    }
page-news-denied-title = Payment refused, your place is still held
page-news-denied =
    The bank or payment provider refused that payment, and no money of that try reached us.

    Try again with another card or method before the time is over. If your balance was charged, the bank gives it back.
page-news-underpaid-title = { IDR($missingIdr) } is missing
page-news-underpaid = We received { IDR($paidIdr) } of { IDR($amountIdr) }. Pay the rest before the time is over. If not, the booking ends and your money goes back.
page-news-review-title = Your payment is being checked
page-news-review = The payment provider checks your transaction, for 24 hours at most. Your place is safe. Do not pay again; the outcome appears here and in your e-mail.
page-news-issuing-title =
    { $kind ->
        [permit] Paid. Your e-tickets are being issued
       *[other] Paid. Your receipt is being made
    }
page-news-issuing =
    { $kind ->
        [permit] We received { IDR($paidIdr) }, and your place is certain. The e-tickets appear on this page in a moment.
       *[other] We received { IDR($paidIdr) }, and your appointment is certain. The receipt appears on this page in a moment.
    }
page-news-choose-title = Closed on { $day }: choose another date
page-news-choose = We are sorry: { $business } closes on your date. Your payment stands. Move to another date below free of charge, or cancel and all your money comes back.
page-news-paid-title = Paid. See you there!
page-news-paid =
    { $kind ->
        [permit] Show the QR code at the gate, on a screen or on paper, with the real identity document. Download the PDF now: there often is no signal on the mountain.
       *[other] Come on time and show the code of the booking.
    }
page-news-expired-title = The time to pay is over, the place is released
page-news-expired =
    { $unconfirmed ->
        [yes] Until { $deadline } we could not be sure of your payment, since the payment provider did not answer. This booking is over.
       *[no] Until { $deadline } we had not received your payment. This booking is over.
    }

    Paid after all? The money is not lost: when it arrives, the booking is valid again if there still is room, and if not, the money goes back. Do not use the old virtual account number or QR code.

    Still want to come? Book again while there are places.
page-news-cancelled-title = Booking cancelled
page-news-cancelled =
    { $kind ->
        [permit] The place is released, and e-tickets that were issued are no longer valid.
       *[other] The hour is released for somebody else.
    }

    { notice-money }
page-news-closed-title = Closed on { $day }: the booking has ended
page-news-closed =
    { $kind ->
        [permit] We are sorry: { $business } closes on your date, so this booking cannot go ahead. Its e-tickets are no longer valid.
       *[other] We are sorry: { $business } closes on your date, so your appointment cannot take place.
    }

    { notice-money }
page-news-refund_due-title = Your money is going back
page-news-refund_due =
    { $kind ->
        [permit] This booking is no longer valid; do not come with an old e-ticket.
       *[other] This appointment is no longer valid.
    }

    { notice-money }
page-news-refunded-title = { IDR($refundIdr) } was sent back
page-news-refunded = An e-wallet usually has it within minutes; banks and cards can take up to 14 working days. This booking is no longer valid.
page-news-completed-title = All done. Thank you!
page-news-completed = Thank you for coming to { $business }.

page-refund-title =
    { $refund ->
        [done] A part of the money was sent back
       *[other] A part of the money is going back
    }
page-overpaid-title = You paid { $amount } too much
page-overpaid = The extra { IDR($excessIdr) } is yours. { $business } sends it back and tells you.
page-move-waits-title = Pay the difference to move the date
page-move-waits = A place on { $when } is held until { $until }. Pay the difference of { IDR($amountIdr) } and the date is moved at once. If not, nothing changes.
page-manage =
    { $may ->
        [move] Move
        [cancel] Cancel
       *[both] Move or cancel
    }
page-move = Move to another date
page-move-none = No other date has enough places right now.
page-move-hint =
    { $free ->
        [yes] Free of charge. A dearer date asks for the difference, a cheaper one gives it back.
       *[no] A dearer date asks for the difference, a cheaper one gives it back.
    } { $kind ->
        [permit] The old e-tickets are no longer valid then.
       *[other] The code of the booking stays the same.
    }
page-move-to = New date
page-move-do = Move
page-cancel = Cancel the booking
page-cancel-hint =
    { $outcome ->
        [nothing] The place is released for somebody else. We have received no money, so none has to go back.
        [back] { page-cancel-released } { IDR($amountIdr) } goes back to you.
       *[kept] { page-cancel-released } By the rules of cancelling, { IDR($amountIdr) } goes back.
    }
page-cancel-released =
    { $kind ->
        [permit] The place is released for somebody else and the e-tickets are no longer valid.
       *[other] The hour is released for somebody else.
    }
page-cancel-do = Yes, cancel it

page-status-sold-out-title = That date has just become full
page-status-sold-out = Your booking has not changed. Choose another date.
page-status-closed-title = That date is closed
page-status-closed = Your booking has not changed. Choose another date.
page-status-identity-title = Somebody of your party is registered on that date already
page-status-identity = One identity holds one place a day. Your booking has not changed. Choose another date.
page-status-not-allowed-title = This cannot be done
page-status-not-allowed = The rules of the business no longer allow it, or the booking changed while you pressed. How it stands now is below.
page-status-invalid-title = Choose another date
page-status-invalid = That date or hour cannot be chosen. Your booking has not changed.
page-status-unavailable-title = No answer yet
page-status-unavailable = Your request is written down but not answered yet. Look at this page again in a moment.
page-status-stale-title = This page was open for too long
page-status-stale = To be safe, press once more. Nothing has changed yet.

## Pages: the waiting list, and pages that say one thing

page-wait = Waiting list
page-wait-waiting-title =
    { $position ->
        [1] You are the first on the waiting list
       *[other] You are number { $position } on the waiting list
    }
page-wait-waiting =
    { $offering }, { $when }, { $party }.

    As soon as there is room we hold it for you and send an e-mail. This page changes by itself as well. Nothing is to be paid while you wait.
page-wait-offered-title = Your turn: the place is held
page-wait-offered = { $offering }, { $when }, { $party }. Pay before the time is over, and it is yours.
page-wait-offered-go = See and pay
page-wait-taken-title = The place is yours
page-wait-taken =
    { $kind ->
        [permit] { $offering }, { $when }, { $party }. Details and e-tickets are on the page of the booking.
       *[other] { $offering }, { $when }. The details are on the page of the booking.
    }
page-wait-taken-go = Open the booking
page-wait-lapsed-title = This wait is over
page-wait-lapsed = { $offering }, { $when }, { $party }. There was no place in time, and nothing was charged. Please choose another date.
page-wait-left-title = You have left the waiting list
page-wait-left = { $offering }, { $when }, { $party }. Nothing was charged.
page-wait-leave = Leave the waiting list
page-wait-leave-hint = Your turn goes to the next in line.
page-wait-leave-do = Yes, leave

page-not-found-title = There is no such page
page-not-found = The address may have been cut when it was copied. If it is the link of a booking, open it again from your e-mail, the whole of it.
page-broken-title = Something is wrong on our side
page-broken = We are sorry. It is written down and will be looked at. Your bookings and payments are not affected; try again in a moment.
page-unavailable-title = Back in a moment
page-unavailable = The system cannot be reached. Bookings and payments that exist are not lost. Load this page again in a moment.
page-slow-down-title = Too many requests
page-slow-down = Wait a minute, then try again.
page-forbidden-title = This request was refused
page-forbidden = It came from another site, so we did not do it. Nothing has changed.
page-returned-title = Back from the payment page
page-returned =
    Have you paid? As soon as your payment is confirmed you are told: in the chat in which you booked, or by e-mail. Not paid yet? Open the link to pay again, while its time is not over.

    The page of a booking only opens by its own link. This browser does not know it, so open the link in the chat or your e-mail, or go back to the browser in which you booked.
page-returned-plan-title = Back from the payment page
page-returned-plan =
    Have you paid? As soon as your payment is confirmed the owner of the base is told in the chat. Not paid yet? Open the link to pay again; if it is over, ask the bot for a new one with /bayar.

    The page of a subscription only opens by its own link. This browser does not know it, so open the link in the chat or your e-mail.
page-papers-title =
    { $state ->
        [issuing] The documents are being made
        [held] This booking is not paid yet
        [review] The payment is being checked
       *[other] These documents are no longer valid
    }
page-papers =
    { $state ->
        [issuing] Wait some seconds: the download begins by itself.
        [held] There are e-tickets and a receipt as soon as the booking { $code } is paid.
        [review] There are e-tickets and a receipt as soon as the payment of the booking { $code } is confirmed.
        [expired] The booking { $code } ended without being paid, so it has no e-tickets and no receipt.
       *[other] The booking { $code } was cancelled: its e-tickets and QR codes are no longer valid. What became of the money is on the page of the booking.
    }
page-papers-booking = Open the page of the booking
page-pay-wait-title = Preparing your payment…
page-pay-wait = You are sent on to the payment provider in a moment.
page-pay-wait-safe = Your place is held until { $until } meanwhile.
page-pay-wait-again = Try again now
page-pay-transfer-title = Transfer to a { $bank } virtual account
page-pay-transfer = Enter this number in the virtual account menu of your bank and pay exactly the sum above. This page changes by itself when your payment arrives.
page-pay-over-title =
    { $state ->
        [paid] Paid already, thank you
        [completed] Paid already, thank you
        [review] The payment is being checked
       *[other] This booking can no longer be paid
    }
page-pay-over =
    { $state ->
        [paid] Nothing more is to be paid. All that belongs to it is on the page of the booking, whose link was sent to whoever booked.
        [completed] Nothing more is to be paid.
        [review] The payment provider checks the transaction, for 24 hours at most. Do not pay again.
       *[other] The time is over or the booking was cancelled. Do not use the old virtual account number or QR code. If you paid after all, the money is not lost: we tell whoever booked.
    }

## The bot. Its texts are HTML as Telegram reads it; what is put in is escaped before.

bot-command-order = Book a repair appointment
bot-command-status = See how a booking stands
bot-command-catalog = Spare parts and prices
bot-command-help = List the commands
bot-command-today = Today's appointments (owner)
bot-help =
    <b>{ $business }</b>

    /order: book a repair appointment
    /status: see how a booking stands
    /catalog: spare parts and prices
    /help: list the commands
bot-help-owner =
    For the owner:
    /today [date]: the appointments of today or another day, and repair states
    /status CODE: how any booking of the shop stands
    /webhook: how the bot gets its messages
bot-start = Hello { $name }, welcome to <b>{ $business }</b>. How can we help?
bot-unknown = Sorry, I did not understand that. This is what I can do:
bot-catalog-title = <b>Spare parts</b> (page { $page } of { $pages })
bot-catalog-devices = <b>Devices</b>, charge for looking at them
bot-catalog-line = • { $name }: { IDR($amountIdr) }
bot-catalog-empty = There are no spare parts in the catalogue yet.
bot-do-book = Booking
bot-do-cancel = Cancel
bot-do-back = « Back
bot-do-next = Continue »
bot-do-previous-page = « Previous
bot-do-next-page = Next »
bot-do-now = Book now
bot-do-pay = Pay now
bot-do-order = Order page
bot-do-again = Book again
bot-do-contact = Change the contact
bot-do-share = Share my number
bot-do-copy-va = Copy the VA number
bot-do-copy-amount = Copy the amount
bot-do-resend = Try again
bot-month =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
bot-weekdays = Mo Tu We Th Fr Sa Su
bot-order-start = Book a repair at <b>{ $business }</b>: choose a date, a device, an hour and spare parts. Press Booking to begin.
bot-order-date = <b>Choose a date</b>, or write one, such as 25/11/2026 or tomorrow. A · is closed or full.
bot-order-device = { $day }. <b>Which device is it?</b>
bot-order-time = { $day }. <b>At what time?</b>
bot-order-parts =
    <b>Which spare parts are needed?</b> Choose one or more, then press Continue.

    Total so far: <b>{ IDR($amountIdr) }</b>
bot-order-method = Total: <b>{ IDR($amountIdr) }</b>. <b>How would you like to pay?</b>
bot-order-contact = <b>Your e-mail or phone number?</b> News comes to this chat; with a contact the booking can be found from elsewhere, too, and news comes by e-mail. Write it here, or share your number.
bot-order-this-chat = this chat
bot-order-contact-thanks = Thank you.
bot-order-confirm =
    <b>Please check your booking</b>

    Date: { $day }
    Time: { $time }
    Device: { $device }
    Spare parts: { $parts }
    Payment: { $method }
    Contact: { $contact }
    Total: <b>{ IDR($amountIdr) }</b>
bot-order-booking = Booking your place…
bot-order-held =
    <b>Your place is held until { $deadline }</b>

    Booking code: <code>{ $code }</code>
    Date: { $day }
    Time: { $time }
    Device: { $device }
    Spare parts: { $parts }
    Total: <code>{ $amount }</code> ({ IDR($amountIdr) })

    Pay here: { $paymentUrl }
    Order page: { $statusUrl }
bot-order-va = BCA virtual account number: <code>{ $number }</code>
bot-order-no-parts = none
bot-order-cancelled = All right, nothing was booked. Begin again any time with /order.
bot-order-expired = That form was left alone for long, so it was closed. Begin again with /order.
bot-order-stale = That button is old. This is the current step.
bot-order-none = No booking is being made. Begin with /order.
bot-order-not-a-date = I do not recognise that date. Try 25/11/2026, 25 November, tomorrow or Monday.
bot-order-past = That date is over.
bot-order-too-far = That date is too far ahead. Bookings are taken until { $last }.
bot-order-day-closed = That day is closed or full. Choose another one.
bot-order-full-day = That day has just filled up. Choose another one.
bot-order-hour-gone = That hour is full. Choose another one.
bot-order-not-an-hour = Choose one of the hours, or write one such as 10:00.
bot-order-choose-part = Choose at least one spare part.
bot-order-not-a-contact = That is neither an e-mail address nor a phone number. For example: name@example.com or 081234567890.
bot-order-share = Or press the button below to share your number.
bot-order-share-over = All right, there is no need to share your number.
bot-order-use-buttons = Please choose with the buttons of this message.
bot-order-lost = Sorry, somebody has just taken that hour. Choose another one; the rest is kept.
bot-order-closed-now = Sorry, that day or hour is closed now. Choose another one; the rest is kept.
bot-order-withdrawn = Sorry, some of what you chose has just been withdrawn. Choose another; the rest is kept.
bot-order-unavailable = This takes longer than usual. I keep trying for ten minutes and tell you here; Try again books nothing twice.
bot-order-given-up = Sorry, that could not be booked, and nothing is held for you. Begin again with /order.
bot-order-one-by-one = Your last order is still being booked: I tell you here as soon as I know. After that, /order opens a new one.
bot-order-refused = Sorry, this cannot be booked. Begin again with /order.
bot-order-nothing = There is no hour to book at the moment. Try again later.
bot-method-bca = BCA virtual account
bot-method-bank = Another bank
bot-method-qris = QRIS
bot-method-any = Another way
bot-status-own = <b>Your bookings.</b> Choose one, or write another booking code.
bot-status-ask = Write your booking code (8 letters and digits).
bot-status-unknown = There is no such code. Check it, then write it again.
bot-status-whose = That booking was made elsewhere. Write the e-mail or phone number it was made with.
bot-status-wrong = That does not match. Try again; { $left } left.
bot-status-ended = That does not match. To be safe, this question is closed.
bot-status-locked = Too many wrong answers. Try again in an hour.
bot-status-shown =
    Booking code: <code>{ $code }</code>
    State: <b>{ $state }</b>
    Repair: { $repair }
    When: { $when }
    Total: { IDR($amountIdr) }
    Order page: { $statusUrl }
bot-status-owner =
    Booking code: <code>{ $code }</code>
    State: <b>{ $state }</b>
    Repair: { $repair }
    When: { $when }
    { $options }
    Total: { IDR($amountIdr) }
bot-do-repair = Change the repair state
bot-notice-ends = Booking code: { $code }
bot-notice-paid = We received { IDR($paidIdr) }. See you on { $when }.
bot-notice-late_paid = Your payment came late, but the place was still free and is yours: { $when }.
bot-notice-review = The payment provider checks your transaction, for 24 hours at most. Your place is safe. Do not pay again; you hear the result here.
bot-notice-refunded = { IDR($refundIdr) } went back by the way you paid.
bot-notice-expired = The time to pay is over and the place was released. Do not pay with an old number or code. Book again with one press.
bot-notice-visit = We expect you on { $when }. Show this booking code when you come.
bot-today-none = There are no appointments on { $day }.
bot-today = <b>Appointments of { $day }</b>. Press one to change its repair state.
bot-today-more = and { $count } more
bot-today-one =
    <b>{ $time }</b>, code <code>{ $code }</code>
    { $options }
    Repair state: <b>{ $repair }</b>
bot-today-done = Noted: { $repair }
bot-today-failed = Not noted yet. Try again.
bot-today-later = Noted; it will be passed on shortly.
bot-owner-only = This command is for the owner.
bot-webhook =
    { $way ->
        [webhook] Messages arrive by webhook: { $url }
       *[polling] Messages are fetched by long polling.
    }

# Subscriptions of bases: mails and messages.
plan-rehearsal = [REHEARSAL: nothing of this is real]
plan-base = Base
plan-plan = Plan
plan-do-pay = Pay now
plan-do-status = Subscription
plan-do-again = Subscribe again
plan-do-extend = Extend
plan-activated-subject = Payment received: { $base } is active until { $until }
plan-activated-title = Payment successful
plan-activated-text = We received { IDR($amountIdr) }. The base { $base } is active until { $until }.
plan-renewed-subject = Payment received: { $base } is extended until { $until }
plan-renewed-title = Payment successful
plan-renewed-text = We received { IDR($amountIdr) }. The base { $base } is extended until { $until }.
plan-renewed_again-subject = A second payment: { $base } is extended once more, until { $until }
plan-renewed_again-title = A second payment arrived
plan-renewed_again-text = We received another { IDR($amountIdr) } for a period of { $base } that was paid already. Nothing is lost: the base is extended once more, until { $until }.
plan-invoice_expired-subject = Payment expired for { $base }
plan-invoice_expired-title = Payment expired
plan-invoice_expired-text = The link to pay { IDR($amountIdr) } (plan { $plan }) for the base { $base } has expired, and nothing was paid. Ask for a new one whenever you like.
plan-ending-subject = { $base } ends { $until }
plan-ending-title = The subscription of { $base } ends soon
plan-ending-text =
    The base { $base } is active until { $until }. Pay { IDR($amountIdr) } to extend it by { say-days } with { $earlier ->
        [yes] this new link; earlier links are no longer needed.
       *[no] this link.
    }
plan-ended-subject = { $base } is no longer active
plan-ended-title = The subscription of { $base } has ended
plan-ended-text = The base { $base } was active until { $until } and was not extended. It becomes active again as soon as it is paid for.
plan-money_back-subject = Your money for { $base } goes back
plan-money_back-title =
    { $reader ->
        [operator] The customer's money goes back
       *[customer] Your money goes back
    }
plan-money_back-text =
    { $reader ->
        [operator] { $money ->
            [by_hand] A payment of { IDR($refundIdr) } for { $base } bought no period, and its channel has no refund. Give it back by hand: ask the customer for an account, send it, and record it.
           *[other] A payment of { IDR($refundIdr) } for { $base } bought no period, so it goes back to the customer.
        }
       *[customer] { $money ->
            [by_hand] A payment of { IDR($refundIdr) } for { $base } bought no period. It goes back to you by hand, since its channel has no refund; we do that as soon as we can.
           *[other] A payment of { IDR($refundIdr) } for { $base } bought no period, so it goes back to you.
        }
    }
plan-stopped-subject = { $base } is no longer active
plan-stopped-title = The subscription of { $base } was stopped
plan-stopped-text = { $business } stopped the subscription of { $base }; it was active until { $until }. Questions? Write to { $business }.
plan-given_back-subject = Your money for { $base } goes back
plan-given_back-title =
    { $reader ->
        [operator] The customer's money goes back
       *[customer] Your money goes back
    }
plan-given_back-text =
    { $reader ->
        [operator] { $money ->
            [by_hand] { IDR($refundIdr) } of what was paid for { $base } have to be given back by hand, since its channel has no refund: ask the customer for an account, send it, and record it. { plan-given_back-then }
           *[other] { IDR($refundIdr) } of what was paid for { $base } go back to the customer, the way it was paid. { plan-given_back-then }
        }
       *[customer] { $money ->
            [by_hand] { $business } gives you back { IDR($refundIdr) } of what was paid for { $base }. It goes back by hand, since its channel has no refund; we do that as soon as we can. { plan-given_back-then }
           *[other] { $business } gives you back { IDR($refundIdr) } of what was paid for { $base }, the way it was paid. { plan-given_back-then }
        }
    }
plan-given_back-then =
    { $state ->
        [active] The base is active until { $until }.
       *[ended] The base is not active.
    }
plan-money_returned-subject = Your money for { $base } was sent back
plan-money_returned-title =
    { $reader ->
        [operator] The customer's money was sent back
       *[customer] Your money was sent back
    }
plan-money_returned-text =
    { IDR($refundIdr) } of what was paid for { $base } were sent back to { $reader ->
        [operator] the customer.
       *[customer] you.
    }
otp-subject = { $code } is your code for { $business }
otp-text = This is your code to pay for a subscription at { $business }. It is good until { $until }, once.
otp-small = If you did not ask for it, somebody typed your address: there is nothing to do.

# The page of a subscription.
page-plan-state-pending = Waiting for payment
page-plan-state-active = Active
page-plan-state-ended = Not active
page-plan-pending = The base was active until { $until }. It becomes active again as soon as the invoice is paid.
page-plan-active = Active until { $until }, with the plan { $plan }.
page-plan-ended = The base was active until { $until }.
page-plan-never = The base becomes active as soon as the invoice is paid.
page-plan-next = From the next period on: { $plan }.
page-plan-paused = Reminders are paused.
page-plan-refund =
    { $refund ->
        [done] { $amount } was sent back to you.
       *[due] { $amount } goes back to you.
    }
page-plan-twin = This is a rehearsal of what will happen: nothing here is real, and nothing can be paid.
page-plan-extend = Extend
page-plan-again = Subscribe again
page-plan-renew = Go on to pay
page-plan-history = Payments
page-plan-until = until { $until }
page-plan-receipt = Receipt
page-invoice-wait-title = The page to pay for { $base } is being opened
page-invoice-wait = A moment, please. This page goes on by itself.
page-invoice-returned-title = Your payment is not here yet
page-invoice-returned = Have you paid? That usually takes some seconds, and this page changes by itself: { $base } is active as soon as the payment is here. Not paid yet? Go on here.
page-invoice-paid-title = { $base } is paid
page-invoice-paid = We have the payment by this link, for the period until { $to }. Nothing more is to be paid by it.
page-invoice-back-title = The money of this link goes back
page-invoice-back = What was paid by this link goes back to whoever paid it. Nothing is to be paid here.
page-invoice-active-title = This link has expired
page-invoice-active = Nothing was paid by this link, and nothing can be paid by it any more.
page-invoice-pending-title = This link has expired
page-invoice-pending = Nothing was paid by this link, and nothing can be paid by it any more. { $base } is not active yet.
page-invoice-ended-title = This link has expired
page-invoice-ended = Nothing was paid by this link, and nothing can be paid by it any more. { $base } is not active.
page-invoice-until = { $base } is active until { $until }.
page-invoice-new = A new link is on the page of the subscription, or ask the bot for one with /bayar.
page-invoice-page = Open the page of the subscription
page-invoice-where = The page of the subscription only opens by its own link: in the chat, and in the e-mail of the base's owner.
page-invoice-chat = Open the chat
page-invoice-rehearsed-title = A rehearsal
page-invoice-rehearsed = This link is part of a rehearsal: nothing can be paid here, and nothing of it is real.

# The bot of a business that sells plans.
bot-command-bayar = Pay for a base
bot-command-langganan = Your subscriptions
bot-command-menfess = Write anonymously to a base
bot-plan-help =
    This is what I can do for { $business }:
    /bayar: pay for a base
    /langganan: what is active until when, reminders, the next plan
    /menfess @base: write anonymously to the followers of a base
    /help: this list
bot-plan-help-admin =
    For the admin:
    /daftar: register a base
    /bases: who is active until when
    /sync [invoice]: ask the provider now
    /report: revenue of the last 30 days
    /filter +word, /filter -word: words that are not posted
bot-do-other-base = Another base
bot-do-new-code = Send a new code
bot-do-other-email = Another address
bot-do-subscription = Subscription
bot-do-pay-base = Pay
bot-do-pause = Pause reminders
bot-do-resume = Resume reminders
bot-do-change-plan = Plan of the next period
bot-do-change = Change
bot-admin-only = This command is only for the admin.
bot-pay-base = <b>Which base do you pay for?</b>
bot-pay-name-base = <b>Which base do you pay for?</b> Write the name of its channel, such as @my_base.
bot-pay-no-base = No base is registered as { $base }. Check the name of the channel, or ask the admin to register it.
bot-pay-plan = <b>{ $base }</b> ({ $name }). Which plan?
bot-pay-plan-line = { $plan }: { IDR($amountIdr) } · { say-days }
bot-pay-use-buttons = Please choose with the buttons of this message.
bot-pay-email = To make sure that you may, write the e-mail address with which { $base } is registered ({ $email }).
bot-pay-no-email = That is no e-mail address. For example: name@example.com.
bot-pay-code = If { $email } is the registered address, a code of six digits is on its way there. Write it here; it is good for ten minutes. Mistyped? Write the right address instead.
bot-pay-code-unsent = The code could not be sent just now. Press Send a new code in a moment, or begin again with /bayar.
bot-pay-code-often = Five codes were asked for here within an hour. Write the one of the newest mail, or try again later.
bot-pay-code-shape = A code has six digits. Write the one of the newest mail.
bot-pay-code-wrong = That code is not right. Write the one of the newest mail to the registered address, or have a new one sent.
bot-pay-code-expired = That code is over. Have a new one sent.
bot-pay-code-many = Too many wrong codes. Have a new one sent.
bot-pay-failed = That did not work just now, and nothing was paid. Begin again with /bayar.
bot-pay-making = Making the link to pay for { $base }…
bot-pay-link =
    <b>The link to pay for { $base }</b>
    { $plan }, { say-days }: { IDR($amountIdr) }
    Pay before { $until }.

    { $url }

    I tell you here as soon as it is paid.
bot-pay-cancelled = All right, nothing was made. Begin again any time with /bayar.
bot-pay-none = Nothing is being paid for at the moment. Begin with /bayar.
bot-pay-busy = The link to pay is being made. Does it not come? Begin again with /bayar.
bot-pay-over = That step is done. Begin again with /bayar.
bot-owned = <b>Your bases</b>
bot-owned-none = No base is registered for this chat. With /bayar you can pay for any base you name.
bot-owned-never = { $base } has no subscription yet.
bot-owned-one =
    <b>{ $base }</b>: { $state }
    Plan: { $plan }
    Active until: { $until }
    Next period: { $next }
    Reminders: { $reminders ->
        [paused] paused
       *[on] on
    }
bot-owned-paused = Reminders are paused.
bot-owned-resumed = Reminders are on again.
bot-owned-change = <b>{ $base }</b>: which plan from the next period on?
bot-owned-changed = Kept for the next period.
bot-register-form =
    <b>Register a base</b>: copy this form, fill it in and send it. The owner is the number of that person's chat with this bot.

    <pre>Name: { $name }
    Channel: { $channel }
    Owner: { $owner }
    Email: { $email }</pre>
bot-register-wrong = <b>That form is not complete.</b> What is right is filled in below; please mend:
bot-register-wrong-name = Name: 2 to 60 characters
bot-register-wrong-channel = Channel: @ and the channel's name (4 to 32 letters, digits or _)
bot-register-wrong-owner = Owner: the number of the owner's chat
bot-register-wrong-email = Email: an address such as name@example.com
bot-register-written = (you wrote: { $said })
bot-register-new = Registered: <b>{ $name }</b> (<code>{ $base }</code>), owner <code>{ $owner }</code>.
bot-register-changed = Changed: <b>{ $name }</b> (<code>{ $base }</code>), owner <code>{ $owner }</code>.
bot-register-known =
    <b>{ $base }</b> is registered already { $state ->
        [active] and active until { $until }
       *[inactive] and not active at the moment
    }. This would change:
bot-register-change-name = Name: { $from } → <b>{ $to }</b>
bot-register-change-owner = Owner: <code>{ $from }</code> → <code>{ $to }</code>
bot-register-change-email = Email: { $from } → <b>{ $to }</b>
bot-register-ask = Change it? Its owner is told; an earlier owner does not see this base any more.
bot-register-same = <b>{ $name }</b> (<code>{ $base }</code>) is registered just like that: nothing was changed.
bot-register-kept = All right, { $base } stays registered as it was.
bot-register-stale = That question is old. Begin again with /daftar.
bot-register-yours =
    The base <b>{ $name }</b> ({ $base }) is registered for this chat, with the address { $email }.
    /langganan: see its subscription. /bayar: pay.
bot-register-yours-changed = The admin changed how the base <b>{ $name }</b> ({ $base }) is registered:
bot-register-gone = The base <b>{ $name }</b> ({ $base }) is registered for another owner now: it is gone from your /langganan, and its news no longer come here. A mistake? Write to { $business }.
bot-bases = <b>Bases</b>
bot-bases-none = No base is registered yet. Begin with /daftar.
bot-bases-active = ✓ { $base }: until { $until }
bot-bases-inactive = – { $base }: not active
bot-report =
    <b>Revenue</b>
    { $from } – { $to }
    Total: { IDR($amountIdr) }
bot-report-plan =
    { $plan }: { IDR($amountIdr) } ({ $count ->
        [one] 1 payment
       *[other] { $count } payments
    })
bot-report-picture = Revenue by day
bot-report-most = { IDR($amountIdr) }
bot-sync-asking = Asking the provider…
bot-sync = <b>Before → now</b>
bot-sync-none = no answer
bot-sync-nothing = There is no open invoice to ask about.
bot-sync-unknown = There is no invoice { $named }. Check its number, such as ABCD2345-1.
bot-sync-state =
    { $state ->
        [PAID] paid
        [PENDING] waiting for payment
        [EXPIRED] expired
        [DENIED] denied
        [REVIEW] being checked
       *[other] failed
    }
bot-sync-same = still { $now }
bot-sync-changed = { $now } now
bot-sync-failed = The provider gives no answer. Try again later.
bot-relay-open = Write your message for the followers of { $base }: it is posted without your name.
bot-relay-which = To which base? Write /menfess @base with its channel's name.
bot-relay-no-base = No base is registered as { $base }. Write /menfess @base with its channel's name.
bot-relay-inactive = { $base } is not active at the moment: nothing was posted.
bot-relay-long = That is too long: at most { $most } characters.
bot-relay-word = That has a word which is not posted here. Nothing was posted.
bot-relay-often = You may post { $most } times an hour. Nothing was posted.
bot-relay-unposted = Your message could not be posted in { $base }: it is not there. The admin may have to add the bot to the channel again; try later.
bot-relay-posted = Passed on to { $base }. Write on, or /help for something else.
bot-filter = <b>Words that are not posted</b>: { $words }
page-plan-secret = The address of this page is only for you: whoever holds it can see the subscription and pay for it. Keep it, do not share it.
page-plan-subscribe = Subscribe in the chat
page-pay-transfer-for = For the booking { $code }.
page-invoice-checking-title = We are checking your payment
page-invoice-checking = That usually takes some seconds, and this page changes by itself: { $base } is active as soon as the payment is here.
