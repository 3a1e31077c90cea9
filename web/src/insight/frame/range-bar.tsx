import "../../shared/top-bar.css";
import "./range-bar.css";
import { useState } from "react";
import { usePage } from "../../shared/page.tsx";
import { Filters } from "./filters.tsx";
import { OwnRange } from "./own-range.tsx";
import { type FilterName, RANGE_NAMES } from "./range.ts";
import { useInsightTexts } from "./texts.ts";
import { useRange } from "./use-range.ts";

/** Period and filters of an insight page, kept in the address. `filters`: the labels that this page's figures are kept by. */
export function RangeBar({ filters = [] }: { filters?: readonly FilterName[] }) {
  const { frame } = useInsightTexts();
  const { formats } = usePage();
  const { range, setRange } = useRange();
  const [choosing, setChoosing] = useState(false);
  const own = !("name" in range);
  return (
    <div className="range-bar">
      <fieldset className="switch range-switch">
        <legend className="unseen">{frame.range}</legend>
        {RANGE_NAMES.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={!own && range.name === name}
            title={frame.rangesLong[name]}
            onClick={() => setRange({ name })}
          >
            {frame.ranges[name]}
          </button>
        ))}
        <button type="button" aria-pressed={own} onClick={() => setChoosing(true)}>
          {own
            ? `${formats.date(Date.parse(range.from))} – ${formats.date(Date.parse(range.to))}`
            : frame.own}
        </button>
      </fieldset>
      <Filters names={filters} />
      {choosing && <OwnRange range={range} onChoose={setRange} onClose={() => setChoosing(false)} />}
    </div>
  );
}
