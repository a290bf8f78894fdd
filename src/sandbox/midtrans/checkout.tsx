import { merchantNameOf } from '../merchant.ts';
import {
  type Bill,
  ChosenWay,
  DeniedAlert,
  Done,
  Checkout as Frame,
  WaitingFoot,
  type Way,
  WayButton,
} from '../pages/checkout.tsx';
import { rupiah } from '../pages/layout.tsx';
import { CardForm, OtpForm } from './cardform.tsx';
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
  return (
    <Frame bill={openBillOf(view)} now={view.now} look="midtrans">
      <Step {...view} />
    </Frame>
  );
}

export function billOf({ merchant, orderId, amountIdr, charge, asked }: Order): Bill {
  return {
    merchant: merchantNameOf(merchant),
    amountIdr: charge?.grossIdr ?? amountIdr,
    numberLabel: 'Nomor pesanan · Order ID',
    number: orderId,
    items: asked.items,
    customerName: asked.customerName,
  };
}

function openBillOf({ order, finishUrl }: CheckoutView): Bill {
  const { charge, page } = order;
  const open = !charge || charge.status === 'pending' || charge.status === 'deny';
  if (!open) return billOf(order);
  const payBefore = charge?.status === 'pending' ? charge.expiresAt : page?.expiresAt;
  return { ...billOf(order), payBefore, backUrl: finishUrl };
}

function Step(view: CheckoutView) {
  const { order, base, changing } = view;
  const { charge } = order;
  if (charge && isPaid(charge)) return <PaidPanel {...view} charge={charge} />;
  if (charge?.status !== 'pending' || changing) return <ChoicePanel {...view} />;
  if (charge.method === 'credit_card') return <OtpForm order={order} charge={charge} base={base} />;
  return (
    <>
      <ChosenWay way={wayOf(getMethod(charge.method))} />
      <WaitingPanel order={order} charge={charge} base={base} />
      <WaitingFoot base={base} />
    </>
  );
}

function wayOf({ id, name, bank, group }: Method): Way {
  return { id, name, kind: bank ?? id, mark: bank ?? (group === 'card' ? 'kartu' : name) };
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
      {denied && <DeniedAlert name={getMethod(denied.method).name} />}
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
        <WayButton key={method.id} way={wayOf(method)} field="method" />
      ))}
    </fieldset>
  );
}

function PaidPanel({ order, charge, finishUrl }: CheckoutView & { charge: Charge }) {
  const reviewed = charge.status === 'capture' && charge.fraud === 'challenge';
  const returned = charge.refunds.length > 0;
  return (
    <Done merchant={merchantNameOf(order.merchant)} finishUrl={finishUrl} reviewed={reviewed}>
      {rupiah(charge.grossIdr)} dengan {getMethod(charge.method).name}
      {returned && ', sudah dikembalikan sebagian atau seluruhnya · refunded'}
    </Done>
  );
}
