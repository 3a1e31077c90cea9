import "./lines.css";
import { useEffect, useRef, useState } from "react";
import { NONE, useFigures } from "../frame/formats.ts";
import { DASHES } from "./dashes.ts";
import type { Drawing } from "./draw-lines.ts";
import { Readout } from "./readout.tsx";
import { useScheme } from "./use-scheme.ts";
import { useWidth } from "./use-width.ts";

const HEIGHT = 220;

/** One line; null where nothing happened. */
export interface LineSeries {
  name: string;
  label: string;
  values: readonly (number | null)[];
}

interface Props {
  /** Beginnings of the slots. */
  times: readonly number[];
  step: "minute" | "hour" | "day";
  /** At most six; told apart by colour and dashes. */
  series: readonly LineSeries[];
  /** Writes a value of the vertical axis. */
  format(value: number): string;
  /** A level across the chart. */
  target?: { value: number; label: string };
  /** Called with the slot that was pressed. */
  onPoint?: (atMs: number) => void;
}

/** Long series as lines on a canvas; the library that draws them is loaded with the first of them. */
export function Lines({ times, step, series, format, target, onPoint }: Props) {
  const figures = useFigures();
  const scheme = useScheme();
  const [box, width] = useWidth<HTMLDivElement>();
  const [at, setAt] = useState<number | null>(null);
  const press = useRef(onPoint);
  press.current = onPoint;
  const drawing = useRef<Drawing | null>(null);
  const hasWidth = width > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read anew when the scheme changes; the width has an effect of its own.
  useEffect(() => {
    const place = box.current;
    if (!place || !hasWidth) return;
    let left = false;
    import("./draw-lines.ts").then(({ drawLines }) => {
      if (left) return;
      drawing.current = drawLines(place, {
        ...{ times, series, format, height: HEIGHT, width: place.clientWidth, target: target ?? null },
        tick: (place) => figures.tick(times, place, step),
        onCursor: setAt,
        onPress: (index) => press.current?.(times[index] ?? 0),
      });
    });
    return () => {
      left = true;
      drawing.current?.destroy();
      drawing.current = null;
    };
  }, [times, series, target?.value, scheme, figures, step, hasWidth]);
  useEffect(() => {
    if (width > 0) drawing.current?.resize(width);
  }, [width]);
  return (
    <div className="line-chart">
      <ul className="legend">
        {series.map(({ name, label }, place) => (
          <LegendLine key={name} label={label} place={place} />
        ))}
        {target && (
          <li>
            <svg viewBox="0 0 26 8" aria-hidden="true">
              <line className="line-target" x1="0" x2="26" y1="4" y2="4" />
            </svg>
            {target.label}
          </li>
        )}
      </ul>
      <div ref={box} className="lines-canvas" data-acts={onPoint !== undefined} />
      <Readout
        at={at === null ? null : figures.slot(times[at] ?? 0, step)}
        values={series.map(({ name, label, values }) => {
          const value = values[at ?? 0] ?? null;
          return [name, label, value === null ? NONE : format(value)];
        })}
      />
    </div>
  );
}

function LegendLine({ label, place }: { label: string; place: number }) {
  return (
    <li>
      <svg viewBox="0 0 26 8" aria-hidden="true">
        <line
          className={`line-${place + 1}`}
          x1="0"
          x2="26"
          y1="4"
          y2="4"
          strokeDasharray={DASHES[place]?.join(" ")}
        />
      </svg>
      {label}
    </li>
  );
}
