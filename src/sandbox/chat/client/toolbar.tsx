import { useEffect } from 'preact/hooks';
import type { PageState } from '../state.ts';
import { Avatar } from './avatar.tsx';

interface ToolbarProps {
  state: PageState;
  bot: string;
  people: number[];
  onOpen(next: { bot: string; people: number[] }): void;
}

/** Which bot, and which people talk to it side by side. */
export function Toolbar({ state, bot, people, onOpen }: ToolbarProps) {
  const toggle = (id: number) => {
    const isOpen = people.includes(id);
    if (isOpen && isInView(id))
      return onOpen({ bot, people: people.filter((each) => each !== id) });
    if (!isOpen) onOpen({ bot, people: [...people, id] });
    requestAnimationFrame(() => setTimeout(() => show(id), 60));
  };
  const open = state.chats.map(({ person }) => person.id).join();
  useEffect(() => followView(open.split(',')), [open]);
  return (
    <div class="toolbar">
      <label class="pick">
        <span>Bot</span>
        <select
          value={bot}
          onChange={(event) => onOpen({ bot: event.currentTarget.value, people })}
        >
          {!state.bots.some(({ slug }) => slug === bot) && (
            <option value={bot}>{bot || '–'}</option>
          )}
          {state.bots.map(({ slug, name, username }) => (
            <option key={slug} value={slug}>
              {name} (@{username})
            </option>
          ))}
        </select>
      </label>
      <ul class="people" aria-label="Orang · People">
        {state.people.map(({ id, name, language }) => (
          <li key={id}>
            <button
              type="button"
              class="person"
              id={`person-${id}`}
              aria-pressed={people.includes(id)}
              onClick={() => toggle(id)}
            >
              <Avatar name={name} id={id} />
              {name} <small>{language}</small>
            </button>
          </li>
        ))}
        <li>
          <NewPerson onAdd={(id) => onOpen({ bot, people: [...people, id] })} />
        </li>
      </ul>
    </div>
  );
}

function NewPerson({ onAdd }: { onAdd(id: number): void }) {
  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const fields = Object.fromEntries(new FormData(form));
    const id = Number(fields.id);
    await fetch(`/control/telegram/${id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: fields.name, language: fields.language }),
    });
    form.closest('details')?.removeAttribute('open');
    onAdd(id);
  };
  return (
    <details class="new-person">
      <summary class="person">
        + Orang<span lang="en"> · Person</span>
      </summary>
      <form onSubmit={add}>
        <label>
          Nama · Name
          <input name="name" required maxLength={64} value="Budi" />
        </label>
        <label>
          Nomor · Id
          <input name="id" required inputMode="numeric" pattern="[1-9][0-9]{0,14}" value="920003" />
        </label>
        <label>
          Bahasa · Language
          <select name="language">
            <option value="id">Indonesia (id)</option>
            <option value="en">English (en)</option>
            <option value="de">Deutsch (de)</option>
          </select>
        </label>
        <button type="submit" class="primary">
          Tambah · Add
        </button>
      </form>
    </details>
  );
}

const columnOf = (id: number | string) => document.getElementById(`chat-${id}`);

/** On a phone one chat fills the screen: a press on another's name leads there. */
function isInView(id: number): boolean {
  const box = columnOf(id)?.getBoundingClientRect();
  return box !== undefined && box.left >= -1 && box.right <= window.innerWidth + 1;
}

/** Most of a chat: on a phone no two of them are. */
const IN_VIEW = 0.6;

/** Whose chat comes into view is to be seen in the strip of people, too, however narrow that is. */
function followView(ids: string[]): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      const seen = entries.find(({ isIntersecting }) => isIntersecting);
      const id = seen?.target.id.replace('chat-', 'person-');
      if (id) document.getElementById(id)?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
    },
    { threshold: IN_VIEW },
  );
  for (const id of ids) {
    const column = columnOf(id);
    if (column) observer.observe(column);
  }
  return () => observer.disconnect();
}

function show(id: number): void {
  columnOf(id)?.scrollIntoView({ behavior: 'smooth', inline: 'nearest', block: 'nearest' });
}
