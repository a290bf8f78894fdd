import type { Look } from './look.ts';
import type { MoveChoice, Status } from './status.ts';
import { day, hour, idr } from './words.ts';

/** Moving and cancelling: closed until opened, and each says what it means before it is pressed. */
export function Manage({ look, status }: { look: Look; status: Status }) {
  const { moves, cancel } = status;
  if (!moves && !cancel) return null;
  return (
    <section class="manage">
      <h2>{look.t('page-manage', { may: moves ? (cancel ? 'both' : 'move') : 'cancel' })}</h2>
      {moves && <Move look={look} status={status} moves={moves} />}
      {cancel && <Cancel look={look} status={status} backIdr={cancel.backIdr} />}
    </section>
  );
}

function Move({
  look,
  status,
  moves,
}: {
  look: Look;
  status: Status;
  moves: readonly MoveChoice[];
}) {
  const free = status.closure?.booked === 'reschedule';
  const { kind } = status.facts;
  return (
    <details open={free}>
      <summary>{look.t('page-move')}</summary>
      {moves.length === 0 && <p>{look.t('page-move-none')}</p>}
      {moves.length > 0 && (
        <form method="post" action={`${status.path}/move`}>
          <Guard status={status} />
          <p>{look.t('page-move-hint', { free: free ? 'yes' : 'no', kind })}</p>
          <label for="to">{look.t('page-move-to')}</label>
          <select id="to" name="to">
            {moves.map((choice) => (
              <option key={choiceValue(choice)} value={choiceValue(choice)}>
                {labelOf(look, choice)}
              </option>
            ))}
          </select>
          <button type="submit">{look.t('page-move-do')}</button>
        </form>
      )}
    </details>
  );
}

const choiceValue = ({ date, time }: MoveChoice) => (time ? `${date} ${time}` : date);

function labelOf(look: Look, { date, time, differenceIdr }: MoveChoice): string {
  const when = time ? `${day(look, date)}, ${hour(look, time)}` : day(look, date);
  if (differenceIdr === 0) return when;
  const sign = differenceIdr > 0 ? '+' : '−';
  return `${when} (${sign}${idr(look, Math.abs(differenceIdr))})`;
}

function Cancel({ look, status, backIdr }: { look: Look; status: Status; backIdr: number }) {
  const paid = status.facts.paidIdr > 0;
  const { kind } = status.facts;
  const outcome = !paid ? 'nothing' : backIdr > 0 ? 'back' : 'kept';
  return (
    <details>
      <summary>{look.t('page-cancel')}</summary>
      <form method="post" action={`${status.path}/cancel`}>
        <Guard status={status} />
        <p>{look.t('page-cancel-hint', { outcome, kind, amountIdr: backIdr })}</p>
        <button type="submit" class="danger">
          {look.t('page-cancel-do')}
        </button>
      </form>
    </details>
  );
}

function Guard({ status }: { status: Status }) {
  return (
    <>
      <input type="hidden" name="formToken" value={status.formToken} />
      <input type="hidden" name="key" value={status.key} />
    </>
  );
}
