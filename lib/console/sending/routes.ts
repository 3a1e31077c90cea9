import type { Sending } from "../../../contracts/console/acts.ts";
import type { SendOutcome } from "../../types/console/outbox.ts";
import { conflict, hasIt } from "../acts/conflict.ts";
import { refOf, rowOf } from "../acts/routes.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { Refusal, type Route, type TenantCall } from "../http/route.ts";
import { notFound } from "../inbox/query.ts";
import { shownMessage } from "../thread/message.ts";
import { sendInput } from "./inputs.ts";
import { written } from "./message.ts";

/** What operators send to customers. */
export const SENDING_ROUTES: readonly Route<ConsoleDeps>[] = [
  {
    method: "POST",
    path: "/t/:tenant/conversations/:id/messages",
    access: "agent",
    audit: async ({ body }) => {
      const { id, message } = await body(sendInput);
      return { act: "conversation.send", detail: { message: id, kind: message.kind } };
    },
    handle: send,
  },
];

/** Writes the message down, and asks the road of the bot's replies to send it. */
async function send(call: TenantCall<ConsoleDeps>): Promise<Response> {
  const { deps, tenantId } = call;
  const ref = refOf(call);
  const { id, message, quoteWaMessageId, seenAt, anyway } = await call.body(sendInput);
  const outcome = await deps.outbox.send({
    ...ref,
    id,
    ...(await written(message, tenantId, deps)),
    quoteWaMessageId: message.kind === "reaction" ? null : quoteWaMessageId,
    seenAtMs: seenAt,
    // A reaction says nothing twice.
    anyway: anyway || message.kind === "reaction",
  });
  if (outcome.outcome !== "stored") return refused(outcome);
  deps.deliver(ref.conversationId);
  if (outcome.took) deps.queueChanged(tenantId);
  const answer: Sending = {
    message: shownMessage(outcome.message, ref),
    took: outcome.took,
    row: await rowOf(call, ref),
  };
  return Response.json(answer, { status: 202 });
}

function refused(outcome: Exclude<SendOutcome, { outcome: "stored" }>): Response {
  switch (outcome.outcome) {
    case "not_found":
      throw notFound();
    case "id_used":
      throw new Refusal(409, "id_used", "Another message has this id; send it again with a new one.");
    case "unknown_message":
      throw new Refusal(400, "unknown_message", "The message that it answers is not in this conversation.");
    case "opted_out":
      throw new Refusal(
        409,
        "opted_out",
        "This customer wants no messages; they can be written to when they write again to say so.",
      );
    case "window_closed":
      throw new Refusal(
        409,
        "window_closed",
        "The customer last wrote over 24 hours ago: Meta takes only a template now.",
      );
    case "not_yours":
      return hasIt(outcome);
    case "others_wrote":
      return conflict({
        code: "others_wrote",
        message: `${outcome.by?.name ?? "Somebody in the phone app"} has written meanwhile; read it, then send yours if it is still needed.`,
        by: outcome.by,
      });
  }
}
