import { merchantNameOf } from '../merchant.ts';
import {
  type Bill,
  CHECKOUT_SCRIPT_PATH,
  ChosenWay,
  DeniedAlert,
  Done,
  Checkout as Frame,
  Mark,
  WaitingFoot,
  type Way,
  WayButton,
} from '../pages/checkout.tsx';
import { rupiah } from '../pages/layout.tsx';
import { type Channel, type Group, getChannel, offeredChannels } from './channels.ts';
import { type Invoice, isPaid } from './invoice.ts';
import { WaitingPanel } from './waiting.tsx';

export interface CheckoutView {
  invoice: Invoice;
  /** The page's own path. */
  base: string;
  now: number;
  /** The customer wants another channel than the one that waits. */
  changing: boolean;
  /** The channel that has just refused. */
  denied?: Channel | undefined;
}

/** The checkout of an invoice that can still be paid, or was. */
export function Checkout(view: CheckoutView) {
  const { invoice, base, now } = view;
  const open = invoice.status === 'PENDING';
  const { success_redirect_url: success, failure_redirect_url: failure } = invoice.asked;
  const payBefore = open ? invoice.expiresAt : undefined;
  const bill = { ...billOf(invoice), payBefore, backUrl: open ? failure : undefined };
  return (
    <Frame
      {...{ bill, now }}
      look="xendit"
      script={CHECKOUT_SCRIPT_PATH}
      {...(open && { watch: { url: `${base}/status`, word: invoice.status } })}
    >
      {isPaid(invoice) ? <Paid invoice={invoice} finishUrl={success} /> : <Open {...view} />}
    </Frame>
  );
}

export function billOf({ merchant, asked, payment }: Invoice): Bill {
  const items = asked.items ?? [];
  return {
    merchant: merchantNameOf(merchant),
    amountIdr: payment?.amountIdr ?? asked.amount,
    numberLabel: 'Nomor tagihan · Invoice',
    number: asked.external_id,
    items: items.map(({ name, quantity, price }) => ({ name, quantity, priceIdr: price })),
    description: asked.description,
  };
}

function Paid({ invoice, finishUrl }: { invoice: Invoice; finishUrl: string | undefined }) {
  const { merchant, payment } = invoice;
  return (
    <Done merchant={merchantNameOf(merchant)} finishUrl={finishUrl}>
      {payment && `${rupiah(payment.amountIdr)} dengan ${getChannel(payment.channel).name}`}
    </Done>
  );
}

function Open(view: CheckoutView) {
  const { invoice, base, changing } = view;
  const { chosen } = invoice;
  if (!chosen || changing) return <Choice {...view} />;
  const channel = getChannel(chosen.channel);
  return (
    <>
      <ChosenWay way={wayOf(channel)} />
      <WaitingPanel {...{ invoice, channel, base }} />
      <WaitingFoot base={base} />
    </>
  );
}

const MARKS: Partial<Record<string, string>> = { CREDIT_CARD: 'kartu' };

function wayOf({ id, name }: Channel): Way {
  return { id, name, kind: id.toLowerCase(), mark: MARKS[id] ?? id };
}

const GROUPS: { id: Group; name: string; english: string }[] = [
  { id: 'va', name: 'Transfer bank', english: 'Virtual account' },
  { id: 'qr', name: 'Kode QR', english: 'QR code' },
  { id: 'wallet', name: 'Dompet digital', english: 'E-wallet' },
  { id: 'card', name: 'Kartu', english: 'Card' },
  { id: 'retail', name: 'Gerai ritel', english: 'Shop counter' },
];

function Choice({ invoice, base, denied }: CheckoutView) {
  const channels = offeredChannels(invoice.asked.payment_methods);
  const groups = GROUPS.map((group) => ({
    ...group,
    channels: channels.filter((each) => each.group === group.id),
  })).filter((group) => group.channels.length > 0);
  return (
    <>
      {denied && <DeniedAlert name={denied.name} />}
      <h2>
        Pilih cara bayar <small lang="en">Choose how to pay</small>
      </h2>
      {invoice.chosen && !denied && (
        <p class="hint">
          Nomor yang sudah diberikan tetap berlaku. <a href={base}>Kembali ke pilihan semula</a>
        </p>
      )}
      <form method="post" action={`${base}/channel`}>
        {groups.map((group, index) => (
          <ChannelGroup key={group.id} {...group} open={index === 0} />
        ))}
      </form>
    </>
  );
}

interface ChannelGroupProps {
  name: string;
  english: string;
  channels: Channel[];
  open: boolean;
}

/** Folded, so that a phone shows all ways at once; only one is unfolded at a time. */
function ChannelGroup({ name, english, channels, open }: ChannelGroupProps) {
  return (
    <details class="ways" name="ways" open={open}>
      <summary>
        <span class="ways-name">
          {name} <small lang="en">{english}</small>
        </span>
        <span class="ways-marks" aria-hidden="true">
          {channels.map((channel) => (
            <Mark key={channel.id} {...wayOf(channel)} />
          ))}
        </span>
      </summary>
      <div class="ways-list">
        {channels.map((channel) => (
          <WayButton key={channel.id} way={wayOf(channel)} field="channel" />
        ))}
      </div>
    </details>
  );
}
