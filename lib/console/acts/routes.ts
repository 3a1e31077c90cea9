import type { ZodType } from "zod";
import type { Acted } from "../../../contracts/console/acts.ts";
import { RATING_NOTICES } from "../../ratings/notices.ts";
import type { ActOutcome, ActRef, Acts } from "../../types/console/acts.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { Refusal, type Route, type TenantCall, type TenantRoute } from "../http/route.ts";
import { idIn, notFound } from "../inbox/query.ts";
import { shownRow } from "../inbox/row.ts";
import { hasIt } from "./conflict.ts";
import * as inputs from "./inputs.ts";

type Call = TenantCall<ConsoleDeps>;

/** Acts that change who waits for a person. */
const QUEUE_ACTS = new Set(["take", "give-back", "assign", "snooze", "close", "reopen"]);

/** What operators do with a conversation; the answer to each is the row as it is now. */
export const ACT_ROUTES: readonly Route<ConsoleDeps>[] = [
  act("take", inputs.take, (acts, ref, { from }) => acts.take(ref, from ?? null)),
  act("give-back", inputs.giveBack, (acts, ref, { note }) => acts.giveBack(ref, note || null)),
  act("assign", inputs.assign, (acts, ref, { operatorId }) => acts.assign(ref, operatorId)),
  act(
    "snooze",
    ({ deps }) => inputs.snooze(deps.clock.now()),
    (acts, ref, { until }) => acts.snooze(ref, until),
  ),
  act("close", inputs.nothing, async (acts, ref, _, { deps }) => {
    const closed = await acts.close(ref, RATING_NOTICES);
    // The question for a rating.
    if (closed.outcome === "done") deps.deliver(ref.conversationId);
    return closed;
  }),
  act("reopen", inputs.nothing, (acts, ref) => acts.reopen(ref)),
  act("tags", inputs.tags, (acts, ref, { tags }) => acts.tag(ref, [...new Set(tags.filter(Boolean))])),
  act("notes", inputs.note, (acts, ref, { id, text }) => acts.note(ref, id, text)),
  act("unflag", inputs.nothing, (acts, ref) => acts.unflag(ref)),
  // A viewer has unread counts of their own.
  { ...act("read", inputs.nothing, (acts, ref) => acts.read(ref)), access: "viewer", audit: null },
];

/** One act: `POST /t/:tenant/conversations/:id/<name>`. */
function act<Input>(
  name: string,
  schema: ZodType<Input> | ((call: Call) => ZodType<Input>),
  perform: (acts: Acts, ref: ActRef, input: Input, call: Call) => Promise<ActOutcome>,
): TenantRoute<ConsoleDeps> {
  return {
    method: "POST",
    path: `/t/:tenant/conversations/:id/${name}`,
    access: "agent",
    audit: `conversation.${name}`,
    handle: async (call) => {
      const ref = refOf(call);
      const input = await call.body(typeof schema === "function" ? schema(call) : schema);
      const done = await perform(call.deps.acts, ref, input, call);
      if (done.outcome === "done" && QUEUE_ACTS.has(name)) call.deps.queueChanged(ref.tenantId);
      return refusalOf(done) ?? Response.json({ row: await rowOf(call, ref) } satisfies Acted);
    },
  };
}

/** The conversation of the path, by whoever is signed in. Throws Refusal (404) for what is no id. */
export function refOf({ params, tenantId, who }: Pick<Call, "params" | "tenantId" | "who">): ActRef {
  return { tenantId, operatorId: who.operatorId, conversationId: idIn(params, "id") };
}

/** The row as it is now. Throws Refusal (404) when the conversation was deleted meanwhile. */
export async function rowOf({ deps }: Pick<Call, "deps">, ref: ActRef): Promise<Acted["row"]> {
  const row = await deps.acts.row(ref);
  if (row === null) throw notFound();
  return shownRow(row);
}

/** The refusal of an act that was not done, else null. */
function refusalOf(answer: ActOutcome): Response | null {
  switch (answer.outcome) {
    case "done":
      return null;
    case "not_found":
      throw notFound();
    case "no_member":
      throw new Refusal(
        409,
        "no_member",
        "This person is not an agent of the company; choose somebody else.",
      );
    case "id_used":
      throw new Refusal(409, "id_used", "Something else has this id; send it again with a new one.");
    default:
      return hasIt(answer);
  }
}
