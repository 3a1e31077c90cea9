import "uplot/dist/uPlot.min.css";
import uPlot from "uplot";
import { DASHES } from "./dashes.ts";
import { labelled, withoutRepeats } from "./scale.ts";

/** What to draw. */
interface LinesToDraw {
  times: readonly number[];
  series: readonly { name: string; label: string; values: readonly (number | null)[] }[];
  width: number;
  height: number;
  target: { value: number } | null;
  format(value: number): string;
  /** Label of the slot at this place. */
  tick(place: number): string;
  onCursor(index: number | null): void;
  onPress(index: number): void;
}

/** Lines on a page. */
export interface Drawing {
  resize(width: number): void;
  destroy(): void;
}

const LINE_PX = 1.75;
const LABEL_PX = 96;

/** Draws lines into an element. Colours are read from the page's tokens. */
export function drawLines(place: HTMLElement, lines: LinesToDraw): Drawing {
  const plot = new uPlot(optionsOf(place, lines), dataOf(lines), place);
  const press = () => {
    const { idx } = plot.cursor;
    if (typeof idx === "number") lines.onPress(idx);
  };
  plot.over.addEventListener("click", press);
  return {
    resize: (width) => plot.setSize({ width, height: lines.height }),
    destroy: () => plot.destroy(),
  };
}

const dataOf = ({ times, series, target }: LinesToDraw): uPlot.AlignedData => [
  times.map((atMs) => atMs / 1000),
  ...series.map(({ values }) => [...values]),
  ...(target ? [times.map(() => target.value)] : []),
];

function optionsOf(place: HTMLElement, lines: LinesToDraw): uPlot.Options {
  const token = tokensOf(place);
  const [ink, line] = [token("--ink-soft"), token("--line")];
  const font = `11px ${token("--font")}`;
  const axis = { stroke: ink, font, grid: { stroke: line, width: 1 }, ticks: { show: false } };
  return {
    width: lines.width,
    height: lines.height,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: {
      x: { time: false },
      y: { range: (_plot, _min, max) => [0, Math.max(max, (lines.target?.value ?? 0) * 1.1) * 1.05 || 1] },
    },
    axes: [
      {
        ...{ ...axis, size: 30, grid: { show: false } },
        splits: (plot) => slotsWithLabel(lines, plot.width).map((place) => (lines.times[place] ?? 0) / 1000),
        values: (_plot, at) => at.map((s) => lines.tick(lines.times.indexOf(s * 1000))),
      },
      { ...axis, size: 58, space: 36, values: (_plot, at) => at.map(lines.format) },
    ],
    series: [
      {},
      ...lines.series.map(({ label }, index) => ({
        label,
        stroke: token(`--series-${index + 1}`),
        width: LINE_PX,
        dash: DASHES[index] ?? [],
        points: { size: 4, show: lonely },
      })),
      ...(lines.target
        ? [{ stroke: token("--line-strong"), width: 1, dash: [4, 3], points: { show: false } }]
        : []),
    ],
    hooks: { setCursor: [(plot) => lines.onCursor(plot.cursor.idx ?? null)] },
  };
}

/** Places of the slots that get a label; none says the same as the one before. */
const slotsWithLabel = ({ times, tick }: LinesToDraw, width: number): number[] =>
  withoutRepeats(labelled(times.length, width, LABEL_PX).map((place) => ({ place, words: tick(place) }))).map(
    ({ place }) => place,
  );

/** Points are drawn where there are few slots; a value between two gaps would be no line. */
const lonely = (plot: uPlot, series: number): boolean => {
  const values = plot.data[series] ?? [];
  return values.length <= 40 || values.some((value, at) => value !== null && isAlone(values, at));
};

const isAlone = (values: ArrayLike<number | null | undefined>, at: number): boolean =>
  (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null;

/** Colours of the page as a canvas takes them: the computed value of `light-dark()` is one of the two. */
function tokensOf(place: HTMLElement): (name: string) => string {
  const probe = document.createElement("span");
  place.append(probe);
  const found = new Map<string, string>();
  const read = (name: string): string => {
    if (name === "--font") return getComputedStyle(place).fontFamily;
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  for (const name of [
    "--ink-soft",
    "--line",
    "--line-strong",
    "--font",
    ...[1, 2, 3, 4, 5, 6].map((n) => `--series-${n}`),
  ])
    found.set(name, read(name));
  probe.remove();
  return (name) => found.get(name) ?? "gray";
}
