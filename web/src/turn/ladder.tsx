import { usePage } from "../shared/page.tsx";
import { textFor } from "../texts/texts.ts";

const RUNGS = ["full", "no_classification", "fallback_model", "plain", "apology"] as const;

/** Degradation ladder, best rung first, with the rung of this turn marked. */
export function Ladder({ rung }: { rung: string }) {
  const { texts } = usePage();
  const words = texts.turn;
  const known = RUNGS.some((name) => name === rung);
  return (
    <ol className="ladder">
      {RUNGS.map((name) => (
        <li key={name} aria-current={name === rung ? "true" : undefined}>
          {words.rungs[name]}
        </li>
      ))}
      {!known && <li aria-current="true">{words.otherRung(textFor(words.rungs, rung) ?? rung)}</li>}
    </ol>
  );
}
