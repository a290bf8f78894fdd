import { Document } from './document.tsx';
import type { Look, Owner } from './look.ts';
import type { Tone } from './notice.tsx';
import { Notice } from './notice.tsx';
import { day, hour, paragraphs } from './words.ts';

/** How somebody's wait for a full day stands. */
export interface Wait {
  owner: Owner;
  state: 'waiting' | 'offered' | 'taken' | 'lapsed' | 'left';
  offering: { id: string; name: string };
  date: string;
  time: string | null;
  quantity: number;
  position?: number | undefined;
  /** The booking that was offered. */
  bookingPath?: string | undefined;
  version: number;
  path: string;
  formToken: string;
  stale?: boolean;
}

const TONES: Record<Wait['state'], Tone> = {
  waiting: 'wait',
  offered: 'good',
  taken: 'good',
  lapsed: 'bad',
  left: 'plain',
};

/** Without script the page looks again by itself this often, while the wait lasts. */
const REFRESH_SECONDS = 30;

export function WaitPage({ look, wait }: { look: Look; wait: Wait }) {
  const when = wait.time
    ? `${day(look, wait.date)}, ${hour(look, wait.time)}`
    : day(look, wait.date);
  const args = {
    offering: wait.offering.name,
    when,
    kind: wait.owner.kind,
    position: wait.position ?? 0,
    party: look.t('say-party', { kind: wait.owner.kind, quantity: wait.quantity }),
  };
  const title = look.t(`page-wait-${wait.state}-title`, args);
  return (
    <Document
      look={look}
      owner={wait.owner}
      title={title}
      refreshSeconds={wait.state === 'waiting' ? REFRESH_SECONDS : undefined}
      islands={['live']}
      secret
    >
      {wait.stale && (
        <Notice
          tone="wait"
          focus
          title={look.t('page-status-stale-title')}
          text={look.t('page-status-stale')}
        />
      )}
      <div
        id="status"
        data-live={`${wait.path}/events`}
        data-version={wait.version}
        data-now={look.now.getTime()}
      >
        <section class={`headline ${TONES[wait.state]}`}>
          <p class="state">
            <span>{look.t('page-wait')}</span>
          </p>
          <h1>{title}</h1>
          {paragraphs(look.t(`page-wait-${wait.state}`, args)).map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
          <Onward look={look} wait={wait} />
        </section>
        {wait.state === 'waiting' && <Leave look={look} wait={wait} />}
      </div>
      <p class="unseen" role="status" id="said" />
    </Document>
  );
}

/** Where to go from here: the offered booking, or another try. */
function Onward({ look, wait }: { look: Look; wait: Wait }) {
  if (wait.bookingPath && ['offered', 'taken'].includes(wait.state)) {
    return (
      <p>
        <a class="button pay" href={wait.bookingPath}>
          {look.t(`page-wait-${wait.state}-go`)}
        </a>
      </p>
    );
  }
  if (wait.state === 'waiting') return null;
  return (
    <p>
      <a class="button" href={`/${wait.owner.business}/book?offering=${wait.offering.id}`}>
        {look.t('page-other-days')}
      </a>
    </p>
  );
}

function Leave({ look, wait }: { look: Look; wait: Wait }) {
  return (
    <section class="manage">
      <details>
        <summary>{look.t('page-wait-leave')}</summary>
        <form method="post" action={`${wait.path}/leave`}>
          <input type="hidden" name="formToken" value={wait.formToken} />
          <p>{look.t('page-wait-leave-hint')}</p>
          <button type="submit" class="danger">
            {look.t('page-wait-leave-do')}
          </button>
        </form>
      </details>
    </section>
  );
}
