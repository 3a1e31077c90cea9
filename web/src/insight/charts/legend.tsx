import { useId } from "react";

/** Patterns over the fills, so that series can be told apart without colour. The first has none. */
const PATTERNS = [null, "rising", "dots", "falling", "level", "upright"] as const;

type PatternName = Exclude<(typeof PATTERNS)[number], null>;

/** Pattern of the series at this place; null: plain. */
export const patternOf = (place: number): PatternName | null => PATTERNS[place] ?? null;

const STROKES: Record<Exclude<PatternName, "dots">, string> = {
  rising: "M-1 7L7 -1M-1 1L1 -1M5 7L7 5",
  falling: "M-1 -1L7 7M5 -1L7 1M-1 5L1 7",
  level: "M0 3H6",
  upright: "M3 0V6",
};

/** Definitions of the patterns within an SVG; `id` keeps those of several drawings apart. */
export function Patterns({ id }: { id: string }) {
  return (
    <defs>
      {PATTERNS.map(
        (name) =>
          name && (
            <pattern key={name} id={`${id}-${name}`} width="6" height="6" patternUnits="userSpaceOnUse">
              {name === "dots" ? (
                <circle className="hatch-dot" cx="3" cy="3" r="1.2" />
              ) : (
                <path className="hatch" d={STROKES[name]} />
              )}
            </pattern>
          ),
      )}
    </defs>
  );
}

/** Names of the series with their fill. */
export function Legend({ series }: { series: readonly { name: string; label: string }[] }) {
  const id = useId();
  return (
    <ul className="legend">
      {series.map(({ name, label }, place) => {
        const pattern = patternOf(place);
        return (
          <li key={name}>
            <svg viewBox="0 0 16 13" aria-hidden="true">
              <Patterns id={`${id}-${place}`} />
              <rect className={`fill-${place + 1}`} width="16" height="13" rx="2" />
              {pattern && <rect fill={`url(#${id}-${place}-${pattern})`} width="16" height="13" rx="2" />}
            </svg>
            {label}
          </li>
        );
      })}
    </ul>
  );
}
