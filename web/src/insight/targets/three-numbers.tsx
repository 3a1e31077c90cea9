import type { ObjectiveView } from "../../../../contracts/console/insight.ts";
import { BigNumber, BigNumbers } from "../charts/big-number.tsx";
import { useFigures } from "../frame/formats.ts";
import { useInsightTexts } from "../frame/texts.ts";
import { BudgetBar } from "./budget.tsx";
import { budgetState, useObjectiveWords } from "./words.ts";

/** Objective, how it was met, and what is left of its budget. */
export function ThreeNumbers({ objective: view }: { objective: ObjectiveView }) {
  const { targets } = useInsightTexts();
  const { big } = targets;
  const figures = useFigures();
  const words = useObjectiveWords();
  const { name, limit, objective, range, month, remaining } = view;
  const kept = isKept(view);
  const state = budgetState(remaining);
  const label = name === "cost" ? big.spent : name === "availability" ? big.answered : big.within;
  return (
    <BigNumbers>
      <BigNumber
        label={big.objective}
        value={objective === null ? figures.usd(limit) : figures.share(objective)}
        note={words.promise(view)}
      />
      <BigNumber
        label={label}
        value={words.figure(view, range)}
        note={words.behind(view, range)}
        {...(kept === null ? {} : { state: { good: kept, words: kept ? big.kept : big.missed } })}
      />
      <BigNumber
        label={name === "cost" ? big.money : big.budget}
        value={remaining === null ? targets.noEvents : figures.share(remaining)}
        note={
          <>
            <BudgetBar remaining={remaining} />
            {missesLeft(view, targets.big, figures.count) ?? big.over28(words.figure(view, month))}
          </>
        }
        {...(state === "none"
          ? {}
          : { state: { good: state !== "over", words: targets.budgetWords[state] } })}
      />
    </BigNumbers>
  );
}

/** Whether the promise was kept in the range; null without events. */
function isKept({ objective, limit, range: { share, usd } }: ObjectiveView): boolean | null {
  if (objective !== null) return share.share === null ? null : share.share >= objective;
  return usd === null || limit === null ? null : usd <= limit;
}

/** How many may still be missed within 28 days; null for money and without events. */
function missesLeft(
  { objective, month: { share } }: ObjectiveView,
  big: ReturnType<typeof useInsightTexts>["targets"]["big"],
  count: (n: number) => string,
): string | null {
  if (objective === null || share.all === 0) return null;
  const allowed = Math.floor(share.all * (1 - objective) + 1e-9);
  const left = allowed - (share.all - share.good);
  return left < 0 ? big.badOver(count(-left), count(allowed)) : big.badLeft(count(left), count(allowed));
}
