import { useInsightTexts } from "../frame/texts.ts";
import { useRange } from "../frame/use-range.ts";

/** Id of the list of worst turns, where a pressed point leads. */
export const WORST_ID = "worst";

/** The slot whose worst turns are shown, from the address; null: the whole period. */
export function usePoint(): { point: number | null; setPoint(atMs: number | null): void } {
  const { params, setFilter } = useRange();
  const at = Number(params.get("at"));
  return {
    point: Number.isSafeInteger(at) && at > 0 ? at : null,
    setPoint(atMs) {
      setFilter("at", atMs === null ? "" : String(atMs));
      document.getElementById(WORST_ID)?.scrollIntoView({ block: "start" });
    },
  };
}

/** Leads from a line of a table to the worst turns of its slot. */
export function PointButton({ at }: { at: number }) {
  const { targets } = useInsightTexts();
  const { setPoint } = usePoint();
  return (
    <button
      type="button"
      className="chart-act"
      onClick={() => {
        setPoint(at);
        document.getElementById(WORST_ID)?.focus();
      }}
    >
      {targets.seeWorst}
    </button>
  );
}
