import type { ConsoleDeps } from "../http/deps.ts";
import type { TenantCall, TenantRoute } from "../http/route.ts";
import { alertsOf } from "./alerts.ts";
import { conversationsOf } from "./conversations.ts";
import { guessesOf } from "./guesses.ts";
import { labelsOf } from "./labels.ts";
import { moneyOf } from "./money.ts";
import { questionsAudit, questionsOf } from "./questions.ts";
import { serviceOf } from "./service.ts";
import { targetOf } from "./target.ts";
import { targetsOf } from "./targets.ts";
import { worstOf } from "./worst.ts";

/** Figures of the insight pages: counts and durations, and nothing of a customer but the questions that found no answer. */
export const INSIGHT_ROUTES: readonly TenantRoute<ConsoleDeps>[] = [
  figures("conversations", conversationsOf),
  { ...figures("conversations/questions", questionsOf), audit: questionsAudit },
  figures("alerts", alertsOf),
  figures("guesses", guessesOf),
  figures("labels", labelsOf),
  figures("money", moneyOf),
  figures("service", serviceOf),
  figures("targets", targetsOf),
  figures("targets/:objective", targetOf),
  figures("targets/:objective/worst", worstOf),
];

/** A route that answers with figures for the range and filters of the address. */
function figures(
  name: string,
  read: (call: TenantCall<ConsoleDeps>) => Promise<object>,
): TenantRoute<ConsoleDeps> {
  return {
    method: "GET",
    path: `/t/:tenant/insight/${name}`,
    access: "viewer",
    audit: null,
    handle: async (call) => Response.json(await read(call)),
  };
}
