import type { ComponentChildren } from 'preact';
import { jakartaWords, remainingWords } from '../instants.ts';
import { Document, rupiah } from './layout.tsx';

/** The script of a checkout that counts down and copies; the page works without it. */
export const CHECKOUT_SCRIPT_PATH = '/assets/checkout.js';

export interface Bill {
  /** The name that people know. */
  merchant: string;
  amountIdr: number;
  /** What the number of order or invoice is called, in two languages. */
  numberLabel: string;
  number: string;
  items: { name: string; quantity: number; priceIdr: number }[];
  customerName?: string | undefined;
  /** What is bought, in the merchant's words. */
  description?: string | undefined;
  /** Absent when nothing waits for money any more. */
  payBefore?: number | undefined;
  /** Where the customer goes who does not want to pay now. */
  backUrl?: string | undefined;
}

interface CheckoutProps {
  bill: Bill;
  now: number;
  /** The provider's colours. */
  look: 'midtrans' | 'xendit';
  script?: string;
  /** Who wants to know by itself when the payment has moved on, looks here for another word. */
  watch?: { url: string; word: string };
  children: ComponentChildren;
}

/** The checkout of what can still be paid, or was: the bill, and what to do now. */
export function Checkout({ bill, now, look, script, watch, children }: CheckoutProps) {
  return (
    <Document
      title={`Bayar ${rupiah(bill.amountIdr)} · ${bill.merchant}`}
      {...(script && { script })}
    >
      <main
        class={`checkout look-${look}`}
        {...(watch && { 'data-watch': watch.url, 'data-word': watch.word })}
      >
        <Summary {...bill} now={now} />
        <section class="panel">{children}</section>
      </main>
    </Document>
  );
}

function Summary(props: Bill & { now: number }) {
  const { merchant, amountIdr, payBefore, now, backUrl } = props;
  return (
    <aside class="summary">
      <p class="merchant">
        <span class="avatar" aria-hidden="true">
          {merchant.charAt(0)}
        </span>
        <span>
          <small>Bayar ke · Pay to</small>
          <strong>{merchant}</strong>
        </span>
      </p>
      <h1 class="amount">
        <small>Total</small>
        {rupiah(amountIdr)}
      </h1>
      <dl class="facts">
        <dt>{props.numberLabel}</dt>
        <dd>
          <code>{props.number}</code>
        </dd>
        {payBefore && (
          <>
            <dt>Bayar sebelum · Pay before</dt>
            <dd>
              {jakartaWords(payBefore)}{' '}
              <span class="remaining" data-until={payBefore}>
                {remainingWords(payBefore - now)} lagi
              </span>
            </dd>
          </>
        )}
      </dl>
      {props.description && <p class="about">{props.description}</p>}
      <Items {...props} />
      {backUrl && (
        <a class="back" href={backUrl}>
          ← Kembali ke {merchant}
        </a>
      )}
    </aside>
  );
}

function Items({ items, customerName }: Bill) {
  if (items.length === 0) return null;
  return (
    <details class="items">
      <summary>Rincian · Details</summary>
      {customerName && <p>{customerName}</p>}
      <ul>
        {items.map((item) => (
          <li key={item.name}>
            <span>
              {item.quantity} × {item.name}
            </span>
            <span>{rupiah(item.priceIdr * item.quantity)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** A way to pay, as a button shows it. */
export interface Way {
  id: string;
  name: string;
  /** Chooses the colour of the mark. */
  kind: string;
  mark: string;
}

/** A bank's or wallet's name on its colour; pictures of real brands stay with their owners. */
export function Mark({ kind, mark }: Pick<Way, 'kind' | 'mark'>) {
  return (
    <span class={`mark mark-${kind}`} aria-hidden="true">
      {mark}
    </span>
  );
}

export function WayButton({ way, field }: { way: Way; field: string }) {
  return (
    <button type="submit" class="method" name={field} value={way.id}>
      <Mark {...way} />
      <span>{way.name}</span>
    </button>
  );
}

/** The way that was chosen, above what it asks for. */
export function ChosenWay({ way }: { way: Way }) {
  return (
    <h2 class="chosen">
      <Mark {...way} />
      <span>
        {way.name}
        <small>Menunggu pembayaran Anda · waiting for your payment</small>
      </span>
    </h2>
  );
}

/** A number that people carry to their bank; `copy` is what is copied of it. */
export function PayNumber({ label, copy, text }: { label: string; copy: string; text: string }) {
  return (
    <p class="number" data-copy={copy} data-label={label}>
      <small>{label}</small>
      <output>{text}</output>
    </p>
  );
}

/** In fours, as banks print it. */
export function grouped(digits: string): string {
  return digits.replace(/(.{4})(?=.)/g, '$1 ');
}

export function QrCode({ src, alt }: { src: string; alt: string }) {
  return (
    <>
      <p class="qr">
        <img src={src} alt={alt} width="240" height="240" />
      </p>
      <ol class="steps">
        <li>Buka aplikasi bank atau dompet digital yang mendukung QRIS.</li>
        <li>Pindai kode ini, periksa jumlahnya, lalu bayar.</li>
      </ol>
    </>
  );
}

/** What the app of a wallet or a card's bank shows meanwhile. */
export function Prompt(props: { from: string; amountIdr: number; children: ComponentChildren }) {
  return (
    <div class="prompt">
      <small>{props.from}</small>
      <strong>{rupiah(props.amountIdr)}</strong>
      <span>{props.children}</span>
    </div>
  );
}

/** The buttons that play who pays, and where it can be, who refuses. */
export function Simulator(props: { base: string; player: string; deniable: boolean }) {
  const { base, player, deniable } = props;
  return (
    <section class="simulator" aria-labelledby="simulator">
      <h3 id="simulator">
        Simulator <small lang="en">you play the {player}</small>
      </h3>
      <form method="post" action={`${base}/pay`}>
        <button type="submit" class="primary">
          Simulasikan pembayaran
        </button>
      </form>
      {deniable && (
        <form method="post" action={`${base}/deny`}>
          <button type="submit" class="danger">
            Simulasikan penolakan
          </button>
        </form>
      )}
      <p class="hint" lang="en">
        Simulate paying{deniable ? ' or being denied' : ''}.
      </p>
    </section>
  );
}

export function WaitingFoot({ base }: { base: string }) {
  return (
    <p class="foot">
      <a href={`${base}?ganti`}>Ganti cara bayar · Change method</a>
      <a href={base}>Periksa status · Refresh</a>
    </p>
  );
}

export function DeniedAlert({ name }: { name: string }) {
  return (
    <div class="alert" role="alert">
      <strong>Pembayaran dengan {name} ditolak.</strong>
      <span>
        Uang Anda tidak terpotong. Coba lagi atau pilih cara lain.{' '}
        <span lang="en">Denied: nothing was charged, try again or another way.</span>
      </span>
    </div>
  );
}

interface DoneProps {
  merchant: string;
  finishUrl: string | undefined;
  /** The money came, but somebody looks at it first. */
  reviewed?: boolean;
  children: ComponentChildren;
}

export function Done({ merchant, finishUrl, reviewed = false, children }: DoneProps) {
  return (
    <div class="done">
      <span class={`seal ${reviewed ? 'seal-wait' : ''}`} aria-hidden="true">
        {reviewed ? '…' : '✓'}
      </span>
      <h2>
        {reviewed ? 'Pembayaran sedang diperiksa' : 'Pembayaran berhasil'}
        <small lang="en">{reviewed ? 'Payment under review' : 'Payment received'}</small>
      </h2>
      <p>{children}</p>
      {finishUrl && (
        <a class="primary" href={finishUrl}>
          Kembali ke {merchant}
        </a>
      )}
    </div>
  );
}
