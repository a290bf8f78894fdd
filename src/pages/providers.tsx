import { renderToString } from 'preact-render-to-string';
import type { ProviderFigures, ProviderReport } from '../domain/report.ts';

const WIDTH = 960;
const LEFT = 72;
const RIGHT = WIDTH - 24;
const PANEL = 320;
const HEAD = 44;
/** The two parts of a panel, from its top: how long, and how often something was amiss. */
const LATENCY = { top: 56, bottom: 176 };
const FAULTS = { top: 204, bottom: 276 };

type Day = ProviderReport['days'][number];
type Part = { top: number; bottom: number };

/** Apart also for who tells few colours apart: they differ in lightness. */
const LINES = [
  { label: 'p50', colour: '#0b5fa5', of: (day: ProviderFigures) => day.latencyP50Ms },
  { label: 'p95', colour: '#e08a00', of: (day: ProviderFigures) => day.latencyP95Ms },
];
const BARS = [
  { label: 'retries', colour: '#8a8f98', of: (day: ProviderFigures) => day.retries },
  { label: 'duplicates', colour: '#4b9fd6', of: (day: ProviderFigures) => day.duplicates },
  { label: 'out of order', colour: '#7a3b8f', of: (day: ProviderFigures) => day.outOfOrder },
  { label: 'found by asking', colour: '#c2261b', of: (day: ProviderFigures) => day.foundByAsking },
];

/**
 * The comparison of providers as a picture, an SVG document that stands alone: for each its latency by
 * day, and beneath what was amiss. The same report gives the same text.
 */
export function providersSvg(name: string, reports: readonly ProviderReport[]): string {
  const height = HEAD + Math.max(1, reports.length) * PANEL;
  const days = reports[0]?.days ?? [];
  const span = days.length > 0 ? `${days[0]!.date} – ${days.at(-1)!.date}` : 'no payments';
  // One scale for all of them: they are there to be compared.
  const every = reports.flatMap((report) => report.days);
  const slowest = Math.max(0, ...every.map((day) => day.latencyP95Ms ?? 0));
  const worst = Math.max(1, ...every.map(faultsOf));
  return renderToString(
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${WIDTH} ${height}`}
      width={WIDTH}
      height={height}
      font-family="system-ui, sans-serif"
      font-size="12"
      role="img"
    >
      <title>{`${name}: payment providers, ${span}`}</title>
      <rect width={WIDTH} height={height} fill="#ffffff" />
      <text x={LEFT} y="28" font-size="18" font-weight="600" fill="#1c1b20">
        {`${name}: ${span}`}
      </text>
      {reports.map((report, at) => (
        <g key={report.provider} transform={`translate(0 ${HEAD + at * PANEL})`}>
          <Panel report={report} slowest={slowest} worst={worst} />
        </g>
      ))}
    </svg>,
  );
}

function Panel(props: { report: ProviderReport; slowest: number; worst: number }) {
  const { report, slowest, worst } = props;
  const { provider, total, days } = report;
  const { payments, webhooks, lost } = total;
  return (
    <>
      <Words x={LEFT} y={20} bold>
        {`${provider}: ${payments} payments, ${webhooks} webhooks, ${lost} lost`}
      </Words>
      <Legend y={42} marks={LINES} what="paid to webhook" />
      <Frame part={LATENCY} most={seconds(slowest)} />
      {LINES.map((line) => (
        <Curve key={line.label} days={days} line={line} most={slowest} />
      ))}
      <Legend y={194} marks={BARS} what="a day" />
      <Frame part={FAULTS} most={String(worst)} />
      {days.map((day, at) => (
        <Stack key={day.date} day={day} at={at} count={days.length} most={worst} />
      ))}
      <Words x={LEFT} y={FAULTS.bottom + 18}>
        {days[0]?.date ?? ''}
      </Words>
      <Words x={RIGHT} y={FAULTS.bottom + 18} anchor="end">
        {days.length > 1 ? days.at(-1)!.date : ''}
      </Words>
    </>
  );
}

function Words(props: { x: number; y: number; bold?: boolean; anchor?: 'end'; children: string }) {
  const { x, y, bold = false, anchor, children } = props;
  return (
    <text x={x} y={y} fill="#3c3a43" font-weight={bold ? 600 : 400} text-anchor={anchor ?? 'start'}>
      {children}
    </text>
  );
}

function Legend(props: { y: number; marks: { label: string; colour: string }[]; what: string }) {
  const { y, marks, what } = props;
  return (
    <>
      <Words x={LEFT} y={y}>
        {what}
      </Words>
      {marks.map(({ label, colour }, at) => (
        <g key={label} transform={`translate(${LEFT + 130 + at * 130} ${y})`}>
          <rect y="-9" width="10" height="10" fill={colour} />
          <Words x={16} y={0}>
            {label}
          </Words>
        </g>
      ))}
    </>
  );
}

/** The ground of a part, with its scale: nothing below, the most above. */
function Frame({ part: { top, bottom }, most }: { part: Part; most: string }) {
  const line = (y: number) => <path d={`M${LEFT} ${y}H${RIGHT}`} stroke="#d9d6de" />;
  return (
    <>
      {line(top)}
      {line(bottom)}
      <Words x={LEFT - 8} y={top + 4} anchor="end">
        {most}
      </Words>
      <Words x={LEFT - 8} y={bottom + 4} anchor="end">
        0
      </Words>
    </>
  );
}

/** A line over the days that have a figure; one without neighbours is a dot. */
function Curve(props: { days: readonly Day[]; line: (typeof LINES)[number]; most: number }) {
  const { days, line, most } = props;
  const points = days.flatMap((day, at) => {
    const figure = line.of(day);
    if (figure === null) return [];
    return [{ x: middleOf(at, days.length), y: heightOf(LATENCY, figure, most) }];
  });
  const path = points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x} ${y}`).join('');
  return (
    <>
      {points.length > 1 && <path d={path} fill="none" stroke={line.colour} stroke-width="2" />}
      {points.map(({ x, y }) => (
        <circle key={x} cx={x} cy={y} r="3" fill={line.colour} />
      ))}
    </>
  );
}

function Stack(props: { day: Day; at: number; count: number; most: number }) {
  const { day, at, count, most } = props;
  const width = round(Math.max(1, ((RIGHT - LEFT) / count) * 0.7));
  let below = 0;
  return (
    <>
      {BARS.map(({ label, colour, of }) => {
        const base = heightOf(FAULTS, below, most);
        below += of(day);
        const top = heightOf(FAULTS, below, most);
        const x = round(middleOf(at, count) - width / 2);
        if (base === top) return null;
        const tall = round(base - top);
        return <rect key={label} x={x} y={top} width={width} height={tall} fill={colour} />;
      })}
    </>
  );
}

const faultsOf = (day: Day) => BARS.reduce((sum, bar) => sum + bar.of(day), 0);
const round = (figure: number) => Math.round(figure * 10) / 10;
const seconds = (ms: number) => `${round(ms / 1000)} s`;

function middleOf(at: number, count: number): number {
  return round(LEFT + ((at + 0.5) * (RIGHT - LEFT)) / count);
}

function heightOf({ top, bottom }: Part, figure: number, most: number): number {
  return round(bottom - ((bottom - top) * figure) / Math.max(1, most));
}
