import type { AlertRule } from "../../../../contracts/console/alerts.ts";

/** A fact of an alert, as text. */
type Fact = (name: string) => string;
/** Words for an alert. */
type Words = (fact: Fact) => string;

/** Meta's events, in words. Others are shown by Meta's own name. */
const EVENTS: Readonly<Record<string, string>> = {
  RED: "Low quality: Meta may pause or limit it.",
  YELLOW: "Medium quality: some customers block or report it.",
  REJECTED: "Meta rejected it.",
  PAUSED: "Meta paused it for its low quality.",
  DISABLED: "Meta disabled it.",
  FLAGGED: "Meta flagged it: unless its quality improves, it will be disabled.",
  PENDING_DELETION: "It is about to be deleted.",
  DOWNGRADE: "The limit of messages went down.",
};

const DEPENDENCIES: Readonly<Record<string, string>> = {
  database: "The database",
  cache: "The cache",
  model: "The model service",
  whatsapp: "WhatsApp (Graph)",
};

/** English texts of the page of alerts. */
export const alerts = {
  intro: "What needs somebody, how fast error budgets are spent, and what was wrong before.",
  open: "Open now",
  none: "Nothing needs you.",
  checked: (span: string) => `Checked ${span} ago.`,
  never: "The checks have not run yet.",
  severity: { page: "Look now", ticket: "Within days" },
  since: (span: string) => `for ${span}`,
  told: (time: string) => `told at ${time}`,
  untold: "nobody was told yet",
  whatToDo: "What to do",
  budgets: "Error budgets",
  budgetsHint:
    "How many times as fast as allowed each budget is spent: at 1× it lasts exactly 28 days. Little traffic raises no alert.",
  objective: "Target",
  windows: {
    "5m": "5 min",
    "30m": "30 min",
    "1h": "1 hour",
    "2h": "2 hours",
    "6h": "6 hours",
    "1d": "1 day",
    "4d": "4 days",
  },
  left: "Left of 28 days",
  burn: (rate: string) => `${rate}×`,
  missed: (missed: string, all: string) => `${missed} of ${all} missed`,
  spent: (usd: string, all: string) => `${usd} for ${all} messages`,
  noEvents: "no events",
  state: { page: "spent far too fast", ticket: "spent too fast" },
  rules: "When it rings",
  rule: (factor: number, long: string, short: string, severity: string) =>
    `over ${factor}× within ${long} and ${short}: ${severity.toLowerCase()}`,
  least: (events: number, misses: number, usd: number) =>
    `Only from ${events} events and ${misses} misses on. The cost only from $${usd} on, and never as “look now”.`,
  past: "Over, last 28 days",
  pastNone: "Nothing was wrong.",
  when: "Began",
  lasted: "Lasted",
  what: "What",
  title: {
    burn: (fact) => `Error budget is spent ${fact("burn")} times as fast as allowed`,
    behind: (fact) =>
      fact("minutes") ? `Figures are ${fact("minutes")} minutes behind` : "No figures are counted",
    dead: (fact) => (fact("count") === "1" ? "A dead letter waits" : `${fact("count")} dead letters wait`),
    stranded: (fact) =>
      fact("count") === "1" ? "A customer has no answer" : `${fact("count")} customers have no answer`,
    token: (fact) =>
      fact("state") === "ends"
        ? `The access token of number ${fact("number")} ends in ${fact("days")} days`
        : fact("state") === "rights"
          ? `The access token of number ${fact("number")} lacks rights`
          : `The access token of number ${fact("number")} is no longer valid`,
    subscription: (fact) => `The app is not subscribed to the WhatsApp account ${fact("account")}`,
    account: (fact) => (fact("about") ? `Template ${fact("about")}` : "Quality of the number"),
    model_end: (fact) =>
      Number(fact("days")) > 0
        ? `${fact("model")} ends on ${fact("shutdown")}`
        : `${fact("model")} has ended`,
    spend: (fact) =>
      `Models have cost $${fact("used")} of $${fact("limit")} ${fact("period") === "day" ? "today" : "this month"}`,
    drift: (fact) =>
      `The local classifier agrees with the model in ${fact("now")} % of its guesses, before in ${fact("before")} %`,
    dependency: (fact) => `${DEPENDENCIES[fact("name")] ?? fact("name")} does not answer`,
  } as Record<AlertRule, Words>,
  detail: {
    burn: (fact) =>
      fact("usd")
        ? `$${fact("usd")} for ${fact("all")} messages within ${fact("window")}.`
        : `${fact("missed")} of ${fact("all")} missed within ${fact("window")}.`,
    behind: () => "Missed targets are not noticed until figures are counted again.",
    dead: () => "Turns that were given up: replay or drop them.",
    stranded: () => "For over two minutes, and nothing is at work on it.",
    token: () => "Without it no reply goes out.",
    subscription: () => "No message of a customer arrives.",
    account: (fact) =>
      EVENTS[fact("event").toUpperCase()] ?? fact("event").replaceAll("_", " ").toLowerCase(),
    model_end: (fact) =>
      fact("successor") ? `${fact("successor")} answers in its place.` : "Nothing answers in its place.",
    spend: () => "The limit is set by whoever runs this bot.",
    drift: (fact) => `Of ${fact("compared")} likely guesses of the last seven days.`,
    dependency: (fact) => `Error ${fact("error")}.`,
  } as Record<AlertRule, Words>,
};
