import { render } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { PageState } from '../state.ts';
import { readState } from './calls.ts';
import { Channel } from './channel.tsx';
import { Chat } from './chat.tsx';
import { Toolbar } from './toolbar.tsx';

const place = document.getElementById('chat');
const asked = new URLSearchParams(location.search);
/** Who is shown first: a customer and the owner, of Rafess the owner of a base and its admin. */
const FIRST_PEOPLE = [920001, 910001];
const FIRST_OF: Record<string, number[]> = { rafess: [900002, 900001] };
/** A bot that is just starting is looked for again. */
const LOOK_AGAIN_MS = 2_000;

/** Who talks with which bot; kept in the address, so that a page can be reloaded and shared. */
function readAddress() {
  const people = (asked.get('people') ?? '').split(',').map(Number).filter(Boolean);
  const bot = asked.get('bot') ?? '';
  const first = FIRST_OF[bot] ?? FIRST_PEOPLE;
  const fallback = asked.has('start') ? first.slice(0, 1) : first;
  return { bot, people: people.length > 0 ? people : fallback };
}

function App() {
  const [{ bot, people }, setOpen] = useState(readAddress);
  const [state, setState] = useState<PageState>();
  const [start, setStart] = useState(asked.get('start') ?? undefined);
  const refresh = useCallback(async () => {
    const next = await readState(bot, people).catch(() => undefined);
    if (!next) return;
    setState(next);
    const first = next.bots[0];
    if (!bot && first) setOpen({ bot: first.slug, people });
  }, [bot, people]);

  useEffect(() => listen(bot, refresh), [bot, refresh]);
  const known = state?.bots.find(({ slug }) => slug === bot);
  useEffect(() => {
    if (known) return;
    const timer = setInterval(refresh, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [known === undefined, refresh]);

  const open = (next: { bot: string; people: number[] }) => {
    const query = new URLSearchParams({ bot: next.bot, people: next.people.join(',') });
    history.replaceState(null, '', `/chat?${query}`);
    setOpen(next);
  };
  if (!state) return <p class="chat-empty">Sebentar … · One moment …</p>;
  return (
    <>
      <h1 class="unseen">Chat {known ? `dengan ${known.name}` : ''}</h1>
      <Toolbar state={state} bot={bot} people={people} onOpen={open} />
      {!known && (
        <p class="chat-empty" role="status">
          {bot ? `Bot ${bot} belum menyala.` : 'Belum ada bot yang menyala.'}{' '}
          <span lang="en">No bot has called yet; it appears here by itself.</span>
        </p>
      )}
      {known && (
        <div class="chats">
          {state.chats.map((chat) => (
            <Chat
              key={`${bot}:${chat.person.id}`}
              bot={known}
              chat={chat}
              start={start}
              onStarted={() => setStart(undefined)}
              onChange={refresh}
              onClose={() => open({ bot, people: people.filter((id) => id !== chat.person.id) })}
            />
          ))}
          {state.channels.map((channel) => (
            <Channel key={`${bot}:${channel.id}`} bot={known} channel={channel} />
          ))}
        </div>
      )}
    </>
  );
}

/** Reads anew at once and whenever the sandbox says that something changed. */
function listen(bot: string, refresh: () => Promise<void>): () => void {
  let again = false;
  let busy = false;
  const run = async () => {
    again = true;
    if (busy) return;
    busy = true;
    while (again) {
      again = false;
      await refresh();
    }
    busy = false;
  };
  const source = new EventSource(`/chat/events?bot=${encodeURIComponent(bot)}`);
  source.onmessage = run;
  source.onopen = run;
  void run();
  return () => source.close();
}

if (place) {
  place.textContent = '';
  render(<App />, place);
}
