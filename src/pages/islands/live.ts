/**
 * Keeps a page that may change by itself up to date: counts down to an instant, and shows the newer
 * page when the server says that there is one. The page is whole without it.
 */

/** How long after a lost connection that will not come back by itself the page looks again. */
const LOOK_AGAIN_MS = 15_000;

/** A clock that is set wrong must not shorten a hold: the page says what time it was made at. */
let serverAheadMs = 0;

function begin(): void {
  readClock();
  countDown();
  window.setInterval(countDown, 1_000);
  const status = document.getElementById('status');
  if (status?.dataset.live) listen(status.dataset.live, status.dataset.version ?? '0');
}

function readClock(): void {
  const madeAt = Number(document.getElementById('status')?.dataset.now);
  if (madeAt) serverAheadMs = madeAt - Date.now();
}

function countDown(): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-until]')) {
    const leftMs = Math.max(0, Number(place.dataset.until) - Date.now() - serverAheadMs);
    place.textContent = written(Math.ceil(leftMs / 1_000));
  }
}

function written(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = two(Math.floor(seconds / 60) % 60);
  const hours = Math.floor(seconds / 3_600);
  return `${hours > 0 ? `${hours}:` : ''}${minutes}:${two(seconds % 60)}`;
}

function listen(url: string, version: string): void {
  const source = new EventSource(`${url}?v=${encodeURIComponent(version)}`);
  source.addEventListener('changed', () => void showNewer());
  source.onerror = () => {
    // Not connecting again: the server refused, so this page looks by itself, more seldom.
    if (source.readyState === EventSource.CLOSED) {
      window.setTimeout(async () => listen(url, (await showNewer()) ?? version), LOOK_AGAIN_MS);
    }
  };
}

/** Puts the newer page's status in the place of this one's; answers its version. */
async function showNewer(): Promise<string | undefined> {
  const response = await fetch(window.location.href, { cache: 'no-store' }).catch(() => undefined);
  if (!response?.ok) return undefined;
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  const fresh = page.getElementById('status');
  const stale = document.getElementById('status');
  if (!fresh || !stale) return undefined;
  if (fresh.dataset.version !== stale.dataset.version) exchange(stale, fresh, page.title);
  return fresh.dataset.version;
}

function exchange(stale: HTMLElement, fresh: HTMLElement, title: string): void {
  const before = stale.querySelector('h1')?.textContent;
  // What somebody is choosing right now is not taken from under their hands.
  const touched = stale.querySelector('details[open] form');
  if (touched && before === fresh.querySelector('h1')?.textContent) return;
  stale.replaceWith(document.adoptNode(fresh));
  document.title = title;
  readClock();
  countDown();
  const said = document.getElementById('said');
  const now = fresh.querySelector('h1')?.textContent ?? '';
  if (said && now !== before) said.textContent = now;
}

begin();
