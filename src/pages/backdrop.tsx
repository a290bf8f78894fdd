import type { Kind } from '../domain/booking.ts';

/** The picture at the foot of the band: what a business sells, in three strokes. */
export function Backdrop({ kind }: { kind: Kind }) {
  return (
    <svg
      class="backdrop"
      viewBox="0 0 1200 120"
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
      focusable="false"
    >
      {PICTURES[kind]}
    </svg>
  );
}

const PICTURES: Record<Kind, preact.JSX.Element> = {
  permit: (
    <>
      <path class="far" d={ridge([70, 52, 64, 38, 48, 8, 34, 26, 58, 46, 68, 60, 74])} />
      <path class="near" d={ridge([96, 84, 92, 74, 82, 66, 60, 78, 70, 90, 82, 94, 88])} />
    </>
  ),
  appointment: (
    <>
      <path class="far" d="M0 120V84H250L300 44H620L668 84H1200V120Z" />
      <path class="near" d="M0 120V104H420L452 78H820L850 104H1200V120Z" />
    </>
  ),
  plan: (
    <>
      <path class="far" d="M0 120V92Q200 20 420 72T820 58T1200 84V120Z" />
      <path class="near" d="M0 120V108Q240 66 480 96T900 88T1200 104V120Z" />
    </>
  ),
};

/** A line of peaks from left to right; the lower the number, the higher the peak. */
function ridge(heights: readonly number[]): string {
  const step = 1200 / (heights.length - 1);
  const peaks = heights.map((height, at) => `L${Math.round(at * step)} ${height}`);
  return `M0 120${peaks.join('')}L1200 120Z`;
}
