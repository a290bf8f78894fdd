import type { Bill } from './checkout.tsx';
import { Document, rupiah } from './layout.tsx';

/** Why nothing can be paid on a page any more. */
export interface End {
  title: string;
  english: string;
  text: string;
}

export const EXPIRED: End = {
  title: 'Waktu pembayaran habis',
  english: 'This payment has expired',
  text: 'Halaman ini tidak dapat dipakai lagi. Jangan transfer ke nomor yang lama; kembalilah ke penjual untuk memesan lagi.',
};

interface EndedProps {
  end: End;
  bill: Pick<Bill, 'merchant' | 'amountIdr' | 'number' | 'numberLabel'>;
  look: 'midtrans' | 'xendit';
  finishUrl?: string | undefined;
  /** Where money can still be sent to, late. */
  payUrl?: string | undefined;
  /** Money that came after the end. */
  lateIdr?: number | undefined;
}

/** A page on which nothing can be paid any more, and why. */
export function EndedPage({ end, bill, look, finishUrl, payUrl, lateIdr }: EndedProps) {
  return (
    <Document title={end.title}>
      <main class={`ended look-${look}`}>
        <span class="seal seal-end" aria-hidden="true">
          ✕
        </span>
        <h1>
          {end.title}
          <small lang="en">{end.english}</small>
        </h1>
        <p>{end.text}</p>
        {lateIdr && <LateNotice idr={lateIdr} />}
        <dl class="facts">
          <dt>Penjual · Merchant</dt>
          <dd>{bill.merchant}</dd>
          <dt>{bill.numberLabel}</dt>
          <dd>
            <code>{bill.number}</code>
          </dd>
          <dt>Total</dt>
          <dd>{rupiah(bill.amountIdr)}</dd>
        </dl>
        {finishUrl && (
          <a class="primary" href={finishUrl}>
            Kembali ke {bill.merchant}
          </a>
        )}
        {payUrl && <LateMoney payUrl={payUrl} />}
      </main>
    </Document>
  );
}

function LateNotice({ idr }: { idr: number }) {
  return (
    <p class="alert" role="status">
      <strong>{rupiah(idr)} datang setelah waktunya habis.</strong>
      <span>
        Penjual sudah diberi tahu. <span lang="en">It came too late; the merchant knows.</span>
      </span>
    </p>
  );
}

/** Banks have been known to pass on money for a number that is over. */
function LateMoney({ payUrl }: { payUrl: string }) {
  return (
    <details class="simulator">
      <summary>Simulator: uang datang terlambat · late money</summary>
      <form method="post" action={payUrl}>
        <button type="submit" class="danger">
          Bayar juga · Pay anyway
        </button>
      </form>
    </details>
  );
}

export function UnknownPage() {
  return (
    <Document title="Halaman tidak ditemukan">
      <main class="ended">
        <span class="seal seal-end" aria-hidden="true">
          ?
        </span>
        <h1>
          Halaman tidak ditemukan
          <small lang="en">There is no such payment page</small>
        </h1>
        <p>Periksa tautan dari penjual, atau mulai lagi dari sana.</p>
      </main>
    </Document>
  );
}
