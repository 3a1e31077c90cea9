import { useId } from "react";

/** Patterns over the fills, so that series can be told apart without colour. The first has none. */
const PATTERNS = [null, "rising", "dots", "falling", "level", "upright"] as const;

type PatternName = Exclude<(typeof PATTERNS)[number], null>;

/** Look of a series that says something by itself; others have the look of their place. */
export type Look = "good" | "bad";

/** Fill of a series: a class for its colour, and a pattern; null: plain. */
export function fillOf(place: number, look?: Look): { fill: string; pattern: PatternName | null } {
  if (look) return { fill: `fill-${look}`, pattern: look === "bad" ? "rising" : null };
  return { fill: `fill-${place + 1}`, pattern: PATTERNS[place] ?? null };
}

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
export function Legend({ series }: { series: readonly { name: string; label: string; look?: Look }[] }) {
  const id = useId();
  return (
    <ul className="legend">
      {series.map(({ name, label, look }, place) => {
        const { fill, pattern } = fillOf(place, look);
        return (
          <li key={name}>
            <svg viewBox="0 0 16 13" aria-hidden="true">
              <Patterns id={`${id}-${place}`} />
              <rect className={fill} width="16" height="13" rx="2" />
              {pattern && <rect fill={`url(#${id}-${place}-${pattern})`} width="16" height="13" rx="2" />}
            </svg>
            {label}
          </li>
        );
      })}
    </ul>
  );
}
