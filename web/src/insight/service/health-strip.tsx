const HEIGHT = 22;
const SLOT = 4;

/** One bar for each slot: full where every check passed, lower and red where some failed, a dot where none was made. */
export function HealthStrip({ series }: { series: readonly (number | null)[] }) {
  return (
    <svg
      className="health-strip"
      viewBox={`0 0 ${Math.max(1, series.length) * SLOT} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {series.map((share, place) => {
        const height = share === null ? 2 : Math.max(4, share * HEIGHT);
        const state = share === null ? "none" : share < 1 ? "bad" : "good";
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: slots are replaced as a whole.
            key={place}
            className="health-slot"
            data-state={state}
            x={place * SLOT}
            y={HEIGHT - height}
            width={SLOT - 0.8}
            height={height}
          />
        );
      })}
    </svg>
  );
}
