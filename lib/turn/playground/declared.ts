/** What trials do with the tools that a company declares. */
import { spellingsOf } from "../../phone/spellings.ts";
import type { Customer } from "../../types/conversation.ts";
import type { DeclaredTool, ToolRunner } from "../../types/tools/declared.ts";
import type { RecordsOf } from "../../types/tools.ts";

/**
 * `run`: it is really called. `ask`: it has an effect, so that the question is shown and nothing is done. `withhold`: it is not called,
 * because it could tell of a customer, or is not what is live.
 */
export type TrialUse = "run" | "ask" | "withhold";

/** What decides it: nothing that a model or the asking operator can choose. */
export interface TrialBounds {
  /** Of the deployment (`TEST_PHONES`). */
  testPhones: readonly string[];
  customer: Pick<Customer, "phone">;
  /** Tools that are not, or not so, in the live version: whoever may write a draft could send secrets and questions anywhere by them. */
  changedTools: readonly string[];
}

export function trialUse(tool: DeclaredTool, { testPhones, customer, changedTools }: TrialBounds): TrialUse {
  if (tool.effect) return "ask";
  if (changedTools.includes(tool.name)) return "withhold";
  return tellsOfNobody(tool) || isTestCustomer(customer, testPhones) ? "run" : "withhold";
}

/** True for a system that is not told whose call it is. */
const tellsOfNobody = ({ via }: DeclaredTool): boolean =>
  via.kind === "ical" || ("context" in via && via.context === "none");

function isTestCustomer({ phone }: Pick<Customer, "phone">, testPhones: readonly string[]): boolean {
  if (phone === null) return false;
  const spellings = spellingsOf(phone);
  return testPhones.some((one) => spellings.includes(one));
}

/** Orders in one trial: none of a system that is not the live one. */
export const trialRecords =
  (records: RecordsOf, { changedTools }: Pick<TrialBounds, "changedTools">): RecordsOf =>
  (company) =>
    company.tools?.some(({ via, name }) => via.kind === "orders" && changedTools.includes(name))
      ? null
      : records(company);

/** The runner for one trial: it calls what may run, whoever asks for more. */
export const trialRunner = (runner: ToolRunner, bounds: TrialBounds): ToolRunner => ({
  checked: runner.checked,
  run: async (tool, ...call) =>
    trialUse(tool, bounds) === "run"
      ? runner.run(tool, ...call)
      : { ok: false, code: "not_in_trial", mayHaveHappened: false },
});
