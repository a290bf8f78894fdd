import type { Row } from '../state.ts';
import { localUrl } from './links.ts';
import { RichText } from './text.tsx';

export type ButtonOf = Row['buttons'][number][number];

interface BubbleProps {
  row: Row;
  /** Written above the first message of a day. */
  day: string | undefined;
  busy: string;
  onPress(row: Row, button: ButtonOf): void;
  onCommand(command: string): void;
}

const CLOCK = new Intl.DateTimeFormat('id-ID', { hour: '2-digit', minute: '2-digit' });

export function Bubble({ row, day, busy, onPress, onCommand }: BubbleProps) {
  const inline = row.keyboard ? [] : row.buttons;
  return (
    <>
      {day && <p class="day">{day}</p>}
      <article class={`said said-${row.from}`} aria-label={row.from === 'bot' ? 'Bot' : 'Anda'}>
        <div class="bubble">
          {row.document && <Document document={row.document} />}
          {row.text && <RichText text={row.text} entities={row.entities} onCommand={onCommand} />}
          <small class="when">
            {row.editedAt && 'diedit · '}
            <time dateTime={row.at}>{CLOCK.format(new Date(row.at))}</time>
          </small>
        </div>
        {[...inline.entries()].map(([line, buttons]) => (
          <div class="keys" key={line}>
            {[...buttons.entries()].map(([column, button]) => (
              <Key
                key={column}
                button={button}
                isBusy={busy === `${row.id}:${button.label}`}
                onPress={() => onPress(row, button)}
              />
            ))}
          </div>
        ))}
      </article>
    </>
  );
}

function Key(props: { button: ButtonOf; isBusy: boolean; onPress(): void }) {
  const { label, url, copy } = props.button;
  if (url) {
    return (
      <a class="key" href={localUrl(url)} target="_blank" rel="noreferrer">
        {label} <span aria-hidden="true">↗</span>
      </a>
    );
  }
  return (
    <button type="button" class="key" aria-busy={props.isBusy} onClick={props.onPress}>
      {label} {copy !== undefined && <span aria-hidden="true">⧉</span>}
    </button>
  );
}

function Document({ document }: { document: NonNullable<Row['document']> }) {
  const url = `/chat/files/${document.id}`;
  if (document.picture) return <img class="picture" src={url} alt={document.name} />;
  return (
    <a class="file" href={url} download={document.name}>
      <span class="file-mark" aria-hidden="true">
        ↓
      </span>
      <span>
        {document.name}
        {document.size !== undefined && <small>{Math.ceil(document.size / 1024)} KB</small>}
      </span>
    </a>
  );
}
