const COLOURS = 6;

/** The first letter on a colour of the person's own. */
export function Avatar({ name, id }: { name: string; id: number }) {
  return (
    <span class={`face face-${id % COLOURS}`} aria-hidden="true">
      {name.charAt(0).toUpperCase()}
    </span>
  );
}
