import { jakartaWords, remainingWords } from '../instants.ts';
import { merchantNameOf } from '../merchant.ts';
import { Document, rupiah } from '../pages/layout.tsx';
import { CardForm, OtpForm } from './cardform.tsx';
import { Mark } from './mark.tsx';
import { getMethod, type Method } from './methods.ts';
import { type Charge, isPaid, type Order } from './order.ts';
import { WaitingPanel } from './waiting.tsx';

export interface CheckoutView {
  order: Order;
  /** The page's own path. */
  base: string;
  methods: Method[];
  now: number;
  /** The customer wants another method than the one that waits. */
  changing: boolean;
  finishUrl: string | undefined;
  cardOpen?: boolean;
  cardError?: string;
}

/** The checkout of an order that can still be paid, or was. */
export function Checkout(view: CheckoutView) {
  const { order } = view;
  const amountIdr = order.charge?.grossIdr ?? order.amountIdr;
  return (
    <Document title={`Bayar ${rupiah(amountIdr)} · ${merchantNameOf(order.merchant)}`}>
      <main class="checkout">
        <Summary {...view} />
        <section class="panel">
          <Step {...view} />
        </section>
      </main>
    </Document>
  );
}

function Step(view: CheckoutView) {
  const { order, base, changing } = view;
  const { charge } = order;
  if (charge && isPaid(charge)) return <PaidPanel {...view} charge={charge} />;
  if (charge?.status !== 'pending' || changing) return <ChoicePanel {...view} />;
  if (charge.method === 'credit_card') return <OtpForm order={order} charge={charge} base={base} />;
  return <WaitingPanel order={order} charge={charge} base={base} />;
}

function Summary({ order, now, finishUrl }: CheckoutView) {
  const name = merchantNameOf(order.merchant);
  const { charge, page } = order;
  const open = !charge || charge.status === 'pending' || charge.status === 'deny';
  const end = charge?.status === 'pending' ? charge.expiresAt : page?.expiresAt;
  return (
    <aside class="summary">
      <p class="merchant">
        <span class="avatar" aria-hidden="true">
          {name.charAt(0)}
        </span>
        <span>
          <small>Bayar ke · Pay to</small>
          <strong>{name}</strong>
        </span>
      </p>
      <h1 class="amount">
        <small>Total</small>
        {rupiah(charge?.grossIdr ?? order.amountIdr)}
      </h1>
      <dl class="facts">
        <dt>Nomor pesanan · Order ID</dt>
        <dd>
          <code>{order.orderId}</code>
        </dd>
        {open && end && (
          <>
            <dt>Bayar sebelum · Pay before</dt>
            <dd>
              {jakartaWords(end)} <span class="remaining">{remainingWords(end - now)} lagi</span>
            </dd>
          </>
        )}
      </dl>
      <Items order={order} />
      {open && finishUrl && (
        <a class="back" href={finishUrl}>
          ← Kembali ke {name}
        </a>
      )}
    </aside>
  );
}

function Items({ order }: { order: Order }) {
  const { items, customerName } = order.asked;
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

const GROUPS = [
  { id: 'va', name: 'Transfer bank', english: 'Virtual account' },
  { id: 'qr', name: 'Pindai kode QR', english: 'Scan a QR code' },
  { id: 'wallet', name: 'Dompet digital', english: 'E-wallet' },
] as const;

function ChoicePanel(view: CheckoutView) {
  const { order, base, methods } = view;
  const denied = order.charge?.status === 'deny' ? order.charge : undefined;
  const card = methods.find(({ group }) => group === 'card');
  const wasCard = denied?.method === 'credit_card';
  return (
    <>
      {denied && <DeniedAlert charge={denied} />}
      <h2>
        Pilih cara bayar <small lang="en">Choose how to pay</small>
      </h2>
      {order.charge?.status === 'pending' && (
        <p class="hint">
          Nomor yang lama diganti begitu cara lain dipilih.{' '}
          <a href={base}>Tetap dengan yang lama</a>
        </p>
      )}
      <form method="post" action={`${base}/method`}>
        {GROUPS.map((group) => (
          <MethodGroup key={group.id} {...group} methods={methods} />
        ))}
      </form>
      {card && <CardForm base={base} open={view.cardOpen ?? wasCard} error={view.cardError} />}
    </>
  );
}

function MethodGroup(props: (typeof GROUPS)[number] & { methods: Method[] }) {
  const methods = props.methods.filter(({ group }) => group === props.id);
  if (methods.length === 0) return null;
  return (
    <fieldset class="methods">
      <legend>
        {props.name} <small lang="en">{props.english}</small>
      </legend>
      {methods.map((method) => (
        <button type="submit" key={method.id} class="method" name="method" value={method.id}>
          <Mark method={method} />
          <span>{method.name}</span>
        </button>
      ))}
    </fieldset>
  );
}

function DeniedAlert({ charge }: { charge: Charge }) {
  return (
    <div class="alert" role="alert">
      <strong>Pembayaran dengan {getMethod(charge.method).name} ditolak.</strong>
      <span>
        Uang Anda tidak terpotong. Coba lagi atau pilih cara lain.{' '}
        <span lang="en">Denied: nothing was charged, try again or another way.</span>
      </span>
    </div>
  );
}

function PaidPanel({ order, charge, finishUrl }: CheckoutView & { charge: Charge }) {
  const name = merchantNameOf(order.merchant);
  const reviewed = charge.status === 'capture' && charge.fraud === 'challenge';
  const returned = charge.refunds.length > 0;
  return (
    <div class="done">
      <span class={`seal ${reviewed ? 'seal-wait' : ''}`} aria-hidden="true">
        {reviewed ? '…' : '✓'}
      </span>
      <h2>
        {reviewed ? 'Pembayaran sedang diperiksa' : 'Pembayaran berhasil'}
        <small lang="en">{reviewed ? 'Payment under review' : 'Payment received'}</small>
      </h2>
      <p>
        {rupiah(charge.grossIdr)} dengan {getMethod(charge.method).name}
        {returned && ', sudah dikembalikan sebagian atau seluruhnya · refunded'}
      </p>
      {finishUrl && (
        <a class="primary" href={finishUrl}>
          Kembali ke {name}
        </a>
      )}
    </div>
  );
}
