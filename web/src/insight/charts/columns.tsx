import "./columns.css";
import { type MouseEvent, useId, useState } from "react";
import { useFigures } from "../frame/formats.ts";
import { fillOf, Legend, type Look, Patterns } from "./legend.tsx";
import { Readout } from "./readout.tsx";
import { labelled, largest, wholeTicksTo, withoutRepeats } from "./scale.ts";
import { useWidth } from "./use-width.ts";

const HEIGHT = 180;
const LEFT = 44;
const BOTTOM = 22;
const TOP = 6;
const LABEL_PX = 84;

/** One part of each column. */
export interface ColumnSeries {
  name: string;
  label: string;
  values: readonly number[];
  look?: Look;
}

interface Props {
  /** Beginnings of the slots. */
  times: readonly number[];
  step: "minute" | "hour" | "day";
  /** Stacked from the bottom, at most six. */
  series: readonly ColumnSeries[];
  /** Called with the slot that was pressed; the table behind the chart does the same by keyboard. */
  onPoint?: (atMs: number) => void;
}

/** Counts over time as stacked columns; pointing at one says its figures. */
export function Columns({ times, step, series, onPoint }: Props) {
  const figures = useFigures();
  const [box, width] = useWidth<HTMLDivElement>();
  const [at, setAt] = useState<number | null>(null);
  const slotWidth = Math.max(0, width - LEFT) / Math.max(1, times.length);
  const placeOf = (event: MouseEvent) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT;
    return Math.min(times.length - 1, Math.max(0, Math.floor(x / slotWidth)));
  };
  return (
    <div ref={box} className="columns">
      {series.length > 1 && <Legend series={series} />}
      {width > 0 && (
        <svg
          width={width}
          height={HEIGHT}
          aria-hidden="true"
          data-acts={onPoint !== undefined}
          onPointerMove={(event) => setAt(placeOf(event))}
          onPointerLeave={() => setAt(null)}
          onClick={(event) => onPoint?.(times[placeOf(event)] ?? 0)}
        >
          <Drawing {...{ times, step, series, width, slotWidth, at }} />
        </svg>
      )}
      <Readout
        at={at === null ? null : figures.slot(times[at] ?? 0, step)}
        values={series.map(({ name, label, values }) => [name, label, figures.count(values[at ?? 0] ?? 0)])}
      />
    </div>
  );
}

interface DrawingProps extends Omit<Props, "onPoint"> {
  width: number;
  slotWidth: number;
  at: number | null;
}

function Drawing({ times, step, series, width, slotWidth, at }: DrawingProps) {
  const figures = useFigures();
  const id = useId();
  const totals = times.map((_, place) => series.reduce((sum, { values }) => sum + (values[place] ?? 0), 0));
  const ticks = wholeTicksTo(largest(totals));
  const places = labelled(times.length, width - LEFT, LABEL_PX);
  const labels = withoutRepeats(places.map((place) => ({ place, words: figures.tick(times, place, step) })));
  const top = ticks.at(-1) || 1;
  const y = (value: number) => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM);
  return (
    <>
      <Patterns id={id} />
      {ticks.map((tick) => (
        <g key={tick}>
          <line className="grid-line" x1={LEFT} x2={width} y1={y(tick)} y2={y(tick)} />
          <text className="axis" x={LEFT - 8} y={y(tick) + 4} textAnchor="end">
            {figures.count(tick)}
          </text>
        </g>
      ))}
      {labels.map(({ place, words }) => (
        <text key={place} className="axis" x={LEFT + place * slotWidth} y={HEIGHT - 5}>
          {words}
        </text>
      ))}
      {at !== null && (
        <rect
          className="column-ground"
          x={LEFT + at * slotWidth}
          y={TOP}
          width={slotWidth}
          height={HEIGHT - TOP - BOTTOM}
        />
      )}
      {times.map((slot, place) => (
        <Column key={slot} {...{ place, series, slotWidth, y, id }} />
      ))}
    </>
  );
}

interface ColumnProps {
  place: number;
  series: readonly ColumnSeries[];
  slotWidth: number;
  y(value: number): number;
  /** Of the patterns. */
  id: string;
}

function Column({ place, series, slotWidth, y, id }: ColumnProps) {
  const gap = slotWidth > 6 ? 2 : slotWidth > 3 ? 1 : 0;
  const x = LEFT + place * slotWidth + gap / 2;
  const width = Math.max(1, slotWidth - gap);
  let sum = 0;
  return series.map(({ name, values, look }, index) => {
    const value = values[place] ?? 0;
    const from = y(sum);
    sum += value;
    if (value === 0) return null;
    const box = { x, y: y(sum), width, height: Math.max(1, from - y(sum)) };
    const { fill, pattern } = fillOf(index, look);
    return (
      <g key={name}>
        <rect className={fill} {...box} />
        {pattern && slotWidth > 4 && <rect fill={`url(#${id}-${pattern})`} {...box} />}
      </g>
    );
  });
}
