import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatState, PageState, Row } from '../state.ts';
import { Avatar } from './avatar.tsx';
import { Bubble, type ButtonOf } from './bubble.tsx';
import { act, type Heard } from './calls.ts';
import { Composer } from './composer.tsx';

interface ChatProps {
  bot: PageState['bots'][number];
  chat: ChatState;
  /** What a deep link carries for `/start`. */
  start: string | undefined;
  onStarted(): void;
  onChange(): unknown;
  onClose(): void;
}

const TOAST_MS = 5_000;

/** One person's side of the chat with the bot. */
export function Chat({ bot, chat, start, onStarted, onChange, onClose }: ChatProps) {
  const { person, messages, blocked } = chat;
  const [toast, setToast] = useState('');
  const [busy, setBusy] = useState('');

  useEffect(() => {
    const timer = setTimeout(() => setToast(''), TOAST_MS);
    return () => clearTimeout(timer);
  }, [toast]);

  const run = async (deed: string, body: object, mark = ''): Promise<void> => {
    setBusy(mark);
    try {
      const heard: Heard = await act(person.id, deed, { bot: bot.slug, ...body });
      if (heard.answer) setToast(heard.answer);
    } catch (error) {
      setToast(error instanceof Error ? error.message : String(error));
    }
    setBusy('');
    onChange();
  };
  const say = (text: string) => run('say', { text, language: person.language, name: person.name });
  const begin = () => {
    void say(start ? `/start ${start}` : '/start');
    onStarted();
  };
  const press = ({ id }: Row, button: ButtonOf) => {
    if (button.copy === undefined) {
      void run('press', { messageId: id, label: button.label }, `${id}:${button.label}`);
      return;
    }
    setToast(`Disalin · Copied: ${button.copy}`);
    void navigator.clipboard?.writeText(button.copy).catch(() => undefined);
  };
  const pressReply = (button: ButtonOf) =>
    button.contact ? void run('contact', {}) : void say(button.label);
  const isNew = messages.length === 0 || start !== undefined;

  return (
    <section class="column" id={`chat-${person.id}`} aria-label={`${person.name}, ${bot.name}`}>
      <header class="column-head">
        <Avatar name={person.name} id={person.id} />
        <p>
          <strong>{person.name}</strong>
          <small>
            {person.id} · {person.language} · @{bot.username}
          </small>
        </p>
        <button
          type="button"
          class="quiet"
          aria-pressed={blocked}
          onClick={() => run(blocked ? 'unblock' : 'block', {})}
        >
          {blocked ? 'Buka blokir' : 'Blokir'}
        </button>
        <button
          type="button"
          class="quiet"
          aria-label={`Tutup chat ${person.name}`}
          onClick={onClose}
        >
          ✕
        </button>
      </header>
      <Messages bot={bot} rows={messages} busy={busy} onPress={press} onCommand={say} />
      {toast && (
        <p class="toast" role="status">
          {toast}
        </p>
      )}
      {blocked && (
        <p class="blocked">
          Bot diblokir. <span lang="en">The bot is blocked.</span>
        </p>
      )}
      {!blocked && isNew && (
        <div class="composer">
          <button type="button" class="primary start" onClick={begin}>
            Mulai · Start
          </button>
        </div>
      )}
      {!blocked && !isNew && <Composer chat={chat} onSay={say} onPress={pressReply} />}
    </section>
  );
}

interface MessagesProps {
  bot: ChatProps['bot'];
  rows: Row[];
  busy: string;
  onPress(row: Row, button: ButtonOf): void;
  onCommand(command: string): void;
}

/** Who is this near to the newest message reads it. */
const NEAR_END_PX = 40;

export function Messages({ bot, rows, busy, onPress, onCommand }: MessagesProps) {
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const newest = rows.at(-1);
  const toNewest = () => list.current?.scrollTo({ top: list.current.scrollHeight });
  useLayoutEffect(() => {
    toNewest();
    isAtEnd.current = true;
  }, [newest?.id, newest?.editedAt]);
  const onScroll = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = list.current ?? {};
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  };
  return (
    <div
      class="messages"
      role="log"
      aria-label="Pesan · Messages"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a place that scrolls is reached by keyboard.
      tabIndex={0}
      ref={list}
      onScroll={onScroll}
      // A picture takes its room when it has come; who reads further up stays there.
      onLoadCapture={() => isAtEnd.current && toNewest()}
    >
      {rows.length === 0 && (
        <p class="welcome">
          <strong>{bot.name}</strong>
          {bot.about || 'Belum ada pesan. · Nothing was said yet.'}
        </p>
      )}
      {rows.map((row, index) => (
        <Bubble
          key={row.id}
          row={row}
          day={dayOf(row) === dayOf(rows[index - 1]) ? undefined : dayOf(row)}
          busy={busy}
          onPress={onPress}
          onCommand={onCommand}
        />
      ))}
    </div>
  );
}

const DAY = new Intl.DateTimeFormat('id-ID', { day: 'numeric', month: 'long' });

function dayOf(row: Row | undefined): string | undefined {
  return row && DAY.format(new Date(row.at));
}
