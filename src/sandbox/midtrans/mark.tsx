import type { Method } from './methods.ts';

/** A bank's or wallet's name on its colour; pictures of real brands stay with their owners. */
export function Mark({ method }: { method: Method }) {
  const text = method.bank ?? (method.group === 'card' ? 'kartu' : method.name);
  return (
    <span class={`mark mark-${method.bank ?? method.id}`} aria-hidden="true">
      {text}
    </span>
  );
}
