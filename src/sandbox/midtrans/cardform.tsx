import { rupiah } from '../pages/layout.tsx';
import { TEST_CARDS, TEST_CVV, TEST_OTP } from './card.ts';
import type { Charge, Order } from './order.ts';

interface CardFormProps {
  base: string;
  open: boolean;
  error: string | undefined;
}

/** Folded until wanted, so that it needs no script. */
export function CardForm({ base, open, error }: CardFormProps) {
  return (
    <details class="methods card" open={open}>
      <summary class="method">
        <span class="mark mark-card" aria-hidden="true">
          kartu
        </span>
        <span>
          Kartu kredit / debit <small>3-D Secure</small>
        </span>
      </summary>
      <form method="post" action={`${base}/card`} class="fields" autocomplete="off">
        {error && (
          <p class="alert" role="alert">
            {error}
          </p>
        )}
        <label class="wide">
          Nomor kartu
          <input name="number" inputmode="numeric" placeholder="4811 1111 1111 1114" required />
        </label>
        <label>
          Berlaku sampai
          <input name="expiry" inputmode="numeric" placeholder="12/30" required />
        </label>
        <label>
          CVV
          <input name="cvv" inputmode="numeric" placeholder={TEST_CVV} maxLength={4} required />
        </label>
        <button type="submit" class="primary wide">
          Lanjut · Continue
        </button>
      </form>
      <TestCards />
    </details>
  );
}

function TestCards() {
  return (
    <dl class="testcards">
      {TEST_CARDS.map((card) => (
        <div key={card.number}>
          <dt>
            <code>{card.number.replace(/(.{4})(?=.)/g, '$1 ')}</code>
          </dt>
          <dd>{card.name}</dd>
        </div>
      ))}
      <div>
        <dt>
          <code>12/30</code> <code>{TEST_CVV}</code>
        </dt>
        <dd>OTP {TEST_OTP}</dd>
      </div>
    </dl>
  );
}

/** The issuing bank's page of 3-D Secure. */
export function OtpForm({ order, charge, base }: { order: Order; charge: Charge; base: string }) {
  return (
    <form method="post" action={`${base}/otp`} class="fields otp" autocomplete="off">
      <h2 class="wide">
        Verifikasi kartu <small lang="en">3-D Secure verification</small>
      </h2>
      <p class="wide">
        Bank penerbit meminta kode untuk membayar <strong>{rupiah(order.amountIdr)}</strong> dengan
        kartu <code>{charge.card?.masked}</code>.
      </p>
      <label class="wide">
        Kode OTP
        <input name="otp" inputmode="numeric" maxLength={6} required aria-describedby="otp-hint" />
      </label>
      <p id="otp-hint" class="hint wide">
        Di sandbox kodenya {TEST_OTP}; kode lain ditolak.{' '}
        <span lang="en">Any other code is denied.</span>
      </p>
      <button type="submit" class="primary wide">
        Bayar {rupiah(order.amountIdr)}
      </button>
      <a class="wide" href={`${base}?ganti`}>
        Ganti cara bayar · Change method
      </a>
    </form>
  );
}
