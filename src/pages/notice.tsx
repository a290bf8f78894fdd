import type { ComponentChildren } from 'preact';
import { paragraphs } from './words.ts';

export type Tone = 'good' | 'wait' | 'bad' | 'plain';

/** Something a person has to know before anything else on the page. */
export function Notice({
  tone,
  title,
  text,
  focus = false,
  children,
}: {
  tone: Tone;
  title: string;
  text?: string | undefined;
  /** Read out and jumped to: it answers what was just pressed. */
  focus?: boolean;
  children?: ComponentChildren;
}) {
  const attention = focus ? { role: 'alert' as const, tabIndex: -1, autofocus: true } : {};
  return (
    <section class={`notice ${tone}`} {...attention}>
      <h2>{title}</h2>
      {text && paragraphs(text).map((paragraph) => <p key={paragraph}>{paragraph}</p>)}
      {children}
    </section>
  );
}
