import type {
  CustomerAct,
  CustomerActsView,
  ReminderState,
  ReminderView,
} from "../../../contracts/console/customer-acts.ts";
import { cleanText } from "../../json/clean.ts";
import { fieldsOf } from "../../json/lenient.ts";
import type { DecideOutcome, StoredCustomerAct, StoredReminder } from "../../types/console/customer-acts.ts";
import { conflict } from "../acts/conflict.ts";
import { nothing, settlement } from "../acts/inputs.ts";
import { refOf } from "../acts/routes.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { Refusal, type Route, type TenantCall, type TenantRoute } from "../http/route.ts";
import { idIn, notFound } from "../inbox/query.ts";

/** Acts that customers confirm: who may see a conversation sees them, an agent decides those that wait for it. */
export const CUSTOMER_ACT_ROUTES: readonly Route<ConsoleDeps>[] = [
  {
    method: "GET",
    path: "/t/:tenant/conversations/:id/acts",
    access: "viewer",
    audit: "conversation.open",
    handle: view,
  },
  decision("approve", true),
  decision("refuse", false),
  {
    method: "POST",
    path: "/t/:tenant/conversations/:id/acts/:act/settle",
    access: "agent",
    audit: "conversation.act_settle",
    handle: settle,
  },
  {
    method: "POST",
    path: "/t/:tenant/conversations/:id/reminders/:reminder/cancel",
    access: "agent",
    audit: "conversation.reminder_cancel",
    handle: cancelReminder,
  },
];

/** What a person did about an act; the first one counts. */
async function settle(call: TenantCall<ConsoleDeps>): Promise<Response> {
  const { how, note } = await call.body(settlement);
  const ref = refOf(call);
  const settled = await call.deps.customerActs.settle(ref, idIn(call.params, "act"), {
    how,
    note: note || null,
  });
  if (settled.outcome === "not_found") throw notFound();
  if (settled.outcome === "not_open")
    throw new Refusal(
      409,
      "act_not_open",
      "Only what failed, or whose result nobody knows, is for a person.",
    );
  if (settled.outcome !== "settled") return view(call);
  const { by } = settled;
  const message = `${by?.name ?? "Somebody"} has already said what became of this.`;
  return conflict({ code: "act_settled", message, ...(by && { by }) });
}

/** A planned reminder is not sent; the first one counts, and a sending that was first. */
async function cancelReminder(call: TenantCall<ConsoleDeps>): Promise<Response> {
  await call.body(nothing);
  const cancelled = await call.deps.customerActs.cancelReminder(refOf(call), idIn(call.params, "reminder"));
  if (cancelled.outcome === "not_found") throw notFound();
  if (cancelled.outcome === "over")
    throw new Refusal(409, "reminder_over", "It was sent already, or cannot be sent any more.");
  if (cancelled.outcome !== "cancelled") return view(call);
  const { by } = cancelled;
  const message = `${by?.name ?? "Somebody"} has already cancelled it.`;
  return conflict({ code: "reminder_cancelled", message, ...(by && { by }) });
}

function decision(name: string, approve: boolean): TenantRoute<ConsoleDeps> {
  return {
    method: "POST",
    path: `/t/:tenant/conversations/:id/acts/:act/${name}`,
    access: "agent",
    audit: `conversation.act_${name}`,
    handle: async (call) => {
      const ref = refOf(call);
      await call.body(nothing);
      const outcome = await call.deps.customerActs.decide(ref, idIn(call.params, "act"), approve);
      if (outcome === "not_found") throw notFound();
      if (outcome !== "done") throw new Refusal(409, `act_${outcome}`, REFUSALS[outcome]);
      // The turn that executes it, and tells the customer.
      call.deps.deliver(ref.conversationId);
      return view(call);
    },
  };
}

const REFUSALS: Readonly<Record<Exclude<DecideOutcome, "done" | "not_found">, string>> = {
  decided: "This no longer waits: it was decided, or the customer has changed their mind.",
  not_with_bot:
    "Give the conversation back to the bot first: it does what you approve and tells the customer.",
  window_closed: "The customer could not be told: they have not written for 24 hours.",
};

async function view({ deps, tenantId, params }: TenantCall<ConsoleDeps>): Promise<Response> {
  const id = idIn(params, "id");
  const [acts, { reminders, timeZone }] = await Promise.all([
    deps.customerActs.list(tenantId, id),
    deps.customerActs.reminders(tenantId, id),
  ]);
  if (!acts) throw notFound();
  const view = { acts: acts.map(shown), reminders: reminders.map(shownReminder), timeZone };
  return Response.json(view satisfies CustomerActsView);
}

const MAX_VALUE = 300;

const shown = ({ input, ...act }: StoredCustomerAct): CustomerAct => ({
  ...act,
  input: Object.entries(fieldsOf(input)).map(([field, value]) => ({
    field,
    value: cleanText(typeof value === "string" ? value : JSON.stringify(value), MAX_VALUE),
  })),
});

const shownReminder = ({ message, ...reminder }: StoredReminder): ReminderView => ({
  ...reminder,
  state: stateOf({ ...reminder, message }),
});

function stateOf({ state, message }: Pick<StoredReminder, "state" | "message">): ReminderState {
  if (state === "waiting") return "planned";
  if (state !== "written") return state;
  if (message === "draft" || message === "ambiguous") return "sending";
  if (message === "failed") return "undelivered";
  // One whose message was purged had been sent long before.
  return message === "withheld" ? "withheld" : "sent";
}
