import type { PageState } from '../state.ts';
import { Avatar } from './avatar.tsx';
import { Messages } from './chat.tsx';

interface ChannelProps {
  bot: PageState['bots'][number];
  channel: PageState['channels'][number];
}

/** A channel as its followers see it: what the bot posted there. It is only read. */
export function Channel({ bot, channel }: ChannelProps) {
  const { id, name, messages } = channel;
  return (
    <section class="column" id={`channel-${name.slice(1)}`} aria-label={`${name}, ${bot.name}`}>
      <header class="column-head">
        <Avatar name={name} id={-id} />
        <p>
          <strong>{name}</strong>
          <small>Kanal · Channel</small>
        </p>
      </header>
      <Messages bot={bot} rows={messages} busy="" onPress={ignore} onCommand={ignore} />
    </section>
  );
}

const ignore = () => undefined;
