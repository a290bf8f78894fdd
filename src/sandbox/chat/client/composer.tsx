import { useState } from 'preact/hooks';
import type { ChatState } from '../state.ts';
import type { ButtonOf } from './bubble.tsx';

interface ComposerProps {
  chat: ChatState;
  onSay(text: string): void;
  onPress(button: ButtonOf): void;
}

/** The typing box with the menu of commands, and the bot's own keyboard under it. */
export function Composer({ chat, onSay, onPress }: ComposerProps) {
  const { person, commands, keyboard } = chat;
  const [text, setText] = useState('');
  const [isMenu, setMenu] = useState(false);

  const send = (event?: Event) => {
    event?.preventDefault();
    if (text.trim()) onSay(text.trim());
    setText('');
    setMenu(false);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send(event);
    if (event.key === 'Escape') setMenu(false);
  };
  const pick = (command: string) => {
    setMenu(false);
    setText('');
    onSay(`/${command}`);
  };
  const shown = commands.filter(({ command }) => isMenu || `/${command}`.startsWith(text));

  return (
    <form class="composer" onSubmit={send}>
      {(isMenu || text.startsWith('/')) && shown.length > 0 && (
        <ul class="menu" aria-label="Perintah · Commands">
          {shown.map(({ command, description }) => (
            <li key={command}>
              <button type="button" onClick={() => pick(command)}>
                <strong>/{command}</strong> {description}
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="line">
        {commands.length > 0 && (
          <button
            type="button"
            class="round menu-key"
            aria-label="Menu perintah · Commands"
            aria-expanded={isMenu}
            onClick={() => setMenu(!isMenu)}
          >
            /
          </button>
        )}
        <textarea
          rows={1}
          maxLength={4096}
          value={text}
          placeholder="Tulis pesan · Message"
          aria-label={`Pesan dari ${person.name}`}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKey}
        />
        <button type="submit" class="round" aria-label="Kirim · Send" disabled={!text.trim()}>
          ➤
        </button>
      </div>
      {[...keyboard.entries()].map(([line, row]) => (
        <div class="keys reply" key={line}>
          {[...row.entries()].map(([column, button]) => (
            <button type="button" class="key" key={column} onClick={() => onPress(button)}>
              {button.label}
            </button>
          ))}
        </div>
      ))}
    </form>
  );
}
