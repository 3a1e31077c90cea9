import type { GuessCounts, GuessesView } from "../../../contracts/console/insight.ts";
import { adviceOf, type GuessSum, sumOf, sumsBy } from "../../insight/guesses.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import type { TenantCall } from "../http/route.ts";

const DAYS = 30;
const DAY_MS = 86_400_000;

/** How guesses of the local classifier agree with the model, and whether they may decide. */
export async function guessesOf({ tenantId, deps }: TenantCall<ConsoleDeps>): Promise<GuessesView> {
  const toMs = deps.clock.now();
  const { cells } = await deps.guesses.agreement(tenantId, { fromMs: toMs - DAYS * DAY_MS, toMs });
  const all = sumOf(cells);
  const { safe, low, missing } = adviceOf(all);
  return {
    ...{ mode: deps.intentLocal, days: DAYS, all: counted(all), advice: { safe, low, missing } },
    intents: sumsBy(
      cells.filter(({ intent }) => intent !== null),
      "intent",
    ).map(([name, sum]) => ({ name, ...counted(sum) })),
  };
}

const counted = ({ turns, sure, compared, agreed }: GuessSum): GuessCounts => ({
  turns,
  sure,
  compared,
  agreed,
});
