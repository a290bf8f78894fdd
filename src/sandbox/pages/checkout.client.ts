/** What a checkout does with script: counts down, copies numbers, and sees that it was paid. */

const LOOK_EVERY_MS = 2_500;

for (const element of document.querySelectorAll<HTMLElement>('[data-until]')) countDown(element);
for (const element of document.querySelectorAll<HTMLElement>('[data-copy]')) addCopying(element);
const watching = document.querySelector<HTMLElement>('[data-watch]');
if (watching) watchWord(watching);

function countDown(element: HTMLElement): void {
  const until = Number(element.dataset.until);
  const tick = () => {
    const left = until - Date.now();
    // The server decides what is over, so it is asked a moment later.
    if (left <= 0) return void setTimeout(() => location.reload(), 1_000);
    element.textContent = clockOf(left);
    setTimeout(tick, left % 1_000 || 1_000);
  };
  element.setAttribute('role', 'timer');
  tick();
}

/** "1 hari 02:03:04", "02:03:04" or "03:04". */
function clockOf(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1_000);
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3_600);
  const two = (value: number) => String(value).padStart(2, '0');
  const short = `${two(Math.floor((seconds % 3_600) / 60))}:${two(seconds % 60)}`;
  if (days > 0) return `${days} hari ${two(hours)}:${short}`;
  return hours > 0 ? `${two(hours)}:${short}` : short;
}

function addCopying(element: HTMLElement): void {
  const { copy = '', label = '' } = element.dataset;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Salin';
  button.setAttribute('aria-label', `Salin · Copy: ${label}`);
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(copy);
    button.textContent = 'Tersalin ✓';
    setTimeout(() => {
      button.textContent = 'Salin';
    }, 2_000);
  });
  element.append(button);
}

/** Loads the page again once the provider says another word than this page was made for. */
function watchWord({ dataset: { watch = '', word } }: HTMLElement): void {
  const look = async () => {
    if (document.visibilityState === 'visible') {
      const said = await fetch(watch).then(
        (response) => (response.ok ? response.text() : word),
        () => word,
      );
      if (said !== word) return location.reload();
    }
    setTimeout(look, LOOK_EVERY_MS);
  };
  setTimeout(look, LOOK_EVERY_MS);
}
