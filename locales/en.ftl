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
       *[other] Online
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
notice-secret = The links in this mail are yours alone: whoever holds them can see the booking and its tickets.
notice-contact = Any question? Contact { $business }: { $contact }
notice-operator-lines =
    Code: { $code }
    { say-offering }: { $offering }
    When: { $when }
    Party: { say-party }
    Status: { say-state }
    Total { IDR($amountIdr) }, received { IDR($paidIdr) }
notice-operator-end = The details and the whole story are in the console, under the code above.

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

    Pay the way you like: virtual account, QRIS, e-wallet or card. Your tickets come to this address as soon as your payment arrives.
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
    We received { IDR($paidIdr) } of { IDR($amountIdr) }. { IDR($missingIdr) } is missing, so your tickets cannot be issued yet.

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

notice-paid-subject = PAID: your tickets for { $offering }, { DAY($date) } ({ $code })
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
    This booking has been cancelled. Its places are released and any tickets issued for it are void.

    { notice-money }
notice-cancelled-operator = A booking was cancelled.

notice-closed-subject = { $business } is closed on { DAY($date) } ({ $code })
notice-closed-title = Closed on your date
notice-closed-text =
    We are sorry: { $business } has closed { $offering } on { DAY($date) }. Your booking cannot take place, and its tickets are void.

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

    You have lost nothing: your booking stays for { $when }, and the tickets you have stay valid.
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

    The booking itself is not valid; please do not come with old tickets. If you hear nothing, contact { $business } and name the code { $code }.
notice-refund_due-operator = { IDR($refundIdr) } has to be given back. If it came by bank transfer: ask the customer for an account, send it, and record it in the console.

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
    We are sorry: { $business } has closed { $offering } on { DAY($date) }. Your payment stays recorded.

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
    { say-party }
    Tickets and changes: { $statusUrl }
    { $business }: { $contact }
calendar-alarm = { $offering }: { $when }
