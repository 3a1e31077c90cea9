import "./budget.css";
import type { CSSProperties } from "react";
import { useInsightTexts } from "../frame/texts.ts";
import { type BudgetState, budgetState, useObjectiveWords } from "./words.ts";

const SIGNS: Record<BudgetState, string> = { good: "✓", tight: "◔", over: "▲", none: "" };

/** What is left of an error budget, as a bar and in words. */
export function Budget({ remaining }: { remaining: number | null }) {
  const { targets } = useInsightTexts();
  const words = useObjectiveWords();
  const state = budgetState(remaining);
  const share = Math.min(1, Math.max(0, remaining ?? 0));
  return (
    <span className="budget" data-state={state}>
      <span className="budget-words number">
        {words.remaining(remaining)}
        {state !== "none" && (
          <small>
            <span aria-hidden="true">{SIGNS[state]} </span>
            {targets.budgetWords[state]}
          </small>
        )}
      </span>
      <Bar share={share} />
    </span>
  );
}

/** The bar alone, where the words stand elsewhere. */
export function BudgetBar({ remaining }: { remaining: number | null }) {
  return (
    <span className="budget" data-state={budgetState(remaining)}>
      <Bar share={Math.min(1, Math.max(0, remaining ?? 0))} />
    </span>
  );
}

const Bar = ({ share }: { share: number }) => (
  <span className="budget-bar" aria-hidden="true" style={{ "--share": `${share * 100}%` } as CSSProperties} />
);
