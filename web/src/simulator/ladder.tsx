import { usePage } from "../shared/page.tsx";

const RUNGS = ["full", "no_classification", "fallback_model", "plain", "apology"] as const;

/** The degradation ladder, best rung on top, with the one this turn answered from. */
export function Ladder({ rung }: { rung: string }) {
  const { texts } = usePage();
  const words = texts.simulator.turn;
  const known = RUNGS.some((name) => name === rung);
  return (
    <ol className="ladder">
      {RUNGS.map((name) => (
        <li key={name} aria-current={name === rung ? "true" : undefined}>
          {words.rungs[name]}
        </li>
      ))}
      {!known && <li aria-current="true">{words.otherRung(rung)}</li>}
    </ol>
  );
}
