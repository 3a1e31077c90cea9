import "./heat-map.css";
import { useState } from "react";
import { useFigures } from "../frame/formats.ts";
import { useInsightTexts } from "../frame/texts.ts";
import { labelled, largest } from "./scale.ts";
import { useWidth } from "./use-width.ts";

const LEFT = 48;
const ROW = 26;
const TOP = 4;
const BOTTOM = 20;
/** Least share of a cell that a value takes, so that one event can be seen. */
const LEAST = 0.3;

interface Props {
  rows: readonly string[];
  columns: readonly string[];
  /** By row, then column. */
  values: readonly (readonly number[])[];
}

/** Counts by row and column, e.g. weekday and hour: the more, the larger and darker the square. */
export function HeatMap({ rows, columns, values }: Props) {
  const figures = useFigures();
  const { chart } = useInsightTexts().frame;
  const [box, width] = useWidth<HTMLDivElement>();
  const [at, setAt] = useState<{ row: number; column: number } | null>(null);
  const most = largest(values.flat()) || 1;
  const cellWidth = Math.max(0, width - LEFT) / Math.max(1, columns.length);
  const height = TOP + rows.length * ROW + BOTTOM;
  return (
    <div ref={box} className="heat-map">
      {width > 0 && (
        <svg width={width} height={height} aria-hidden="true" onPointerLeave={() => setAt(null)}>
          {rows.map((row, place) => (
            <text key={row} className="axis" x={0} y={TOP + place * ROW + ROW / 2 + 4}>
              {row}
            </text>
          ))}
          {labelled(columns.length, width - LEFT, 34).map((place) => (
            <text
              key={place}
              className="axis"
              x={LEFT + (place + 0.5) * cellWidth}
              y={height - 4}
              textAnchor="middle"
            >
              {columns[place]}
            </text>
          ))}
          {values.map((cells, row) =>
            cells.map((value, column) => (
              <Square
                key={`${rows[row]} ${columns[column]}`}
                {...{
                  share: value / most,
                  x: LEFT + column * cellWidth,
                  y: TOP + row * ROW,
                  width: cellWidth,
                }}
                onPoint={() => setAt({ row, column })}
              />
            )),
          )}
        </svg>
      )}
      <p className="readout">
        {at ? (
          <>
            <b>{`${rows[at.row]} ${columns[at.column]}`}</b>
            <b>{figures.count(values[at.row]?.[at.column] ?? 0)}</b>
          </>
        ) : (
          <span className="heat-legend">
            {chart.less}
            <svg width="92" height="20" aria-hidden="true">
              {[0.1, 0.4, 0.7, 1].map((share, place) => (
                <Square key={share} {...{ share, x: place * 23, y: -3, width: 23 }} />
              ))}
            </svg>
            {chart.more}
          </span>
        )}
      </p>
    </div>
  );
}

interface SquareProps {
  /** Of the largest value, 0 to 1. */
  share: number;
  x: number;
  y: number;
  width: number;
  onPoint?: () => void;
}

function Square({ share, x, y, width, onPoint }: SquareProps) {
  const scale = share === 0 ? 0 : LEAST + (1 - LEAST) * Math.sqrt(share);
  const side = (length: number) => Math.max(0, length - 3) * scale;
  return (
    <g onPointerMove={onPoint}>
      <rect
        className="heat-ground"
        x={x + 1}
        y={y + 1}
        width={Math.max(0, width - 2)}
        height={ROW - 2}
        rx={3}
      />
      <rect
        className="heat-square"
        data-level={Math.ceil(share * 5)}
        x={x + (width - side(width)) / 2}
        y={y + (ROW - side(ROW)) / 2}
        width={side(width)}
        height={side(ROW)}
        rx={3}
      />
    </g>
  );
}
