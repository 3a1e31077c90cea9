/** Words of alerts for those who get them in Slack or by the webhook: English, as all that goes to maintainers. */
import type { AlertFacts, AlertRule } from "../../contracts/console/alerts.ts";
import type { Telling } from "../types/alerts.ts";

type Said = (facts: Texts) => { title: string; detail: string };
/** Facts as texts; what is missing is empty. */
type Texts = (name: string) => string;

const OBJECTIVES: Readonly<Record<string, string>> = {
  webhook: "webhook answered",
  intent: "intent understood",
  reply: "reply written",
  wait: "customer's wait",
  availability: "messages answered",
  cost: "cost of 1,000 messages",
};

const DEPENDENCIES: Readonly<Record<string, string>> = {
  database: "the database",
  cache: "the cache",
  model: "the model service",
  whatsapp: "Meta's Graph API",
};

const BUDGET_DAYS = 28;

/** What is wrong, and what to know at once. */
const WORDS: Record<AlertRule, Said> = {
  burn: (fact) => ({
    title: `${OBJECTIVES[fact("objective")] ?? fact("objective")}: its error budget is spent ${fact("burn")} times as fast as allowed`,
    detail: `${fact("usd") === "" ? `${fact("missed")} of ${fact("all")} missed` : `$${fact("usd")} for ${fact("all")} messages`} within ${fact("window")}; so the budget of ${BUDGET_DAYS} days lasts ${lasting(Number(fact("burn")))}`,
  }),
  behind: (fact) => ({
    title:
      fact("minutes") === "" ? "no figures are counted" : `the figures are ${fact("minutes")} minutes behind`,
    detail: "nobody is told of targets that are missed until they are counted again",
  }),
  dead: (fact) => ({
    title: some(fact("count"), "dead letter waits", "dead letters wait"),
    detail: "npm run dead lists them",
  }),
  stranded: (fact) => ({
    title: some(fact("count"), "customer has no answer", "customers have no answer"),
    detail: "for over two minutes, and nothing is at work on it",
  }),
  token: (fact) => {
    const of = `the access token of number ${fact("number")}`;
    const detail = "without it no reply goes out; replace WHATSAPP_ACCESS_TOKEN";
    if (fact("state") === "invalid") return { title: `${of} is no longer valid`, detail };
    if (fact("state") === "rights") return { title: `${of} may not ${fact("missing")}`, detail };
    const days = Number(fact("days"));
    return { title: `${of} ends ${days <= 0 ? "now" : `in ${days} ${days === 1 ? "day" : "days"}`}`, detail };
  },
  subscription: (fact) => ({
    title: `the app is not subscribed to the WhatsApp account ${fact("account")}`,
    detail: "no message of a customer arrives",
  }),
  account: (fact) => ({
    title: `${fact("about") === "" ? "the number" : `the template ${fact("about")}`}: ${fact("event").replaceAll("_", " ").toLowerCase()}`,
    detail: fact("field"),
  }),
  model_end: (fact) => ({
    title: `${fact("model")} ${ending(fact("shutdown"), Number(fact("days")))}; ${
      fact("successor") === ""
        ? "nothing answers in its place"
        : `${fact("successor")} answers in its place from then on`
    }`,
    detail: `set ${fact("variables") || "the model"} to ${fact("successor") || "a model that stays"} before; npm run doctor tries it`,
  }),
  spend: (fact) => ({
    title: `models have cost ${fact("used")} of ${fact("limit")} US dollars ${fact("period") === "day" ? "today" : "this month"}`,
    detail: `${fact("period") === "day" ? "BUDGET_USD" : "BUDGET_MONTH_USD"}, by days of UTC`,
  }),
  drift: (fact) => ({
    title: `the local classifier agrees with the model less than before: ${fact("now")} % after ${fact("before")} %`,
    detail: `of ${fact("compared")} likely guesses of the last seven days; npm run intents -- report shows which`,
  }),
  dependency: (fact) => ({
    title: `${DEPENDENCIES[fact("name")] ?? fact("name")} does not answer`,
    detail: `error ${fact("error")}`,
  }),
};

const HOUR_MS = 3_600_000;

/** Title and detail of what is told; the company's name is before it unless it concerns the whole deployment. */
export function wordsOf(
  { rule, facts, kind, severity, openedMs, recoveredMs }: Omit<Telling, "id" | "name" | "stage">,
  company: string | null,
): { title: string; detail: string } {
  const { title, detail } = WORDS[rule]((name) => textOf(facts, name));
  const about = `${company ? `${company}: ` : ""}${title}`;
  if (kind === "recovered")
    return { title: `over: ${about}`, detail: `after ${span((recoveredMs ?? openedMs) - openedMs)}` };
  const state = kind === "opened" ? severity : kind === "worse" ? "worse" : "still";
  return { title: `${state}: ${about}`, detail };
}

const textOf = (facts: AlertFacts, name: string): string =>
  Object.hasOwn(facts, name) ? String(facts[name]) : "";

const some = (count: string, one: string, more: string): string => `${count} ${count === "1" ? one : more}`;

const lasting = (burn: number): string => {
  const days = BUDGET_DAYS / burn;
  return days < 2 ? `${Math.max(1, Math.round(days * 24))} hours` : `${Math.round(days)} days`;
};

const ending = (shutdown: string, days: number): string =>
  days <= 0 ? `has ended on ${shutdown}` : `ends on ${shutdown}, in ${days} ${days === 1 ? "day" : "days"}`;

function span(ms: number): string {
  if (ms >= 2 * 24 * HOUR_MS) return `${Math.round(ms / (24 * HOUR_MS))} days`;
  if (ms >= 2 * HOUR_MS) return `${Math.round(ms / HOUR_MS)} hours`;
  const minutes = Math.max(1, Math.round(ms / 60_000));
  return `${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
}
