import type { Handler } from "hono";
import { takeOver } from "../../db/handoffs.ts";
import { draftAsOperator, markOperatorSent } from "./changes.ts";
import { INPUTS, problem, read } from "./inputs.ts";
import type { SimulatorOptions } from "./options.ts";
import type { Snapshot } from "./reads.ts";

const BY_OPERATOR = { reason: "taken_over", summary: "An operator wrote in the simulator." };

/** `POST /_local/operator`: an operator who was called writes to the customer, which takes the conversation from the bot. */
export function operatorWrites(
  options: SimulatorOptions,
  snapshot: (phone: string) => Promise<Snapshot>,
): Handler {
  return async (context) => {
    const input = await read(context, INPUTS.operator);
    if (input instanceof Response) return input;
    const { conversationId, conversation } = await snapshot(input.phone);
    if (conversationId === null || conversation.handoff === null)
      return problem(
        409,
        "bot_has_it",
        "The bot has this conversation; an operator can write after a handoff.",
      );
    await takeOver(options.database, conversationId, BY_OPERATOR);
    const id = await draftAsOperator(options.database, conversationId, input.text);
    const waMessageId = await sendText(options, input, id);
    if (waMessageId === null) return problem(502, "not_sent", "The Graph API stand-in refused the message.");
    await markOperatorSent(options.database, id, waMessageId);
    return context.json({ waMessageId }, 202);
  };
}

/** The id that the Graph API gave the message, or null. */
async function sendText(
  { graph, apiVersion, phoneNumberId, accessToken }: SimulatorOptions,
  { phone, text }: { phone: string; text: string },
  opaqueId: string,
): Promise<string | null> {
  const response = await fetch(`${graph.url}/${apiVersion}/${phoneNumberId}/messages`, {
    method: "POST",
    headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
    body: JSON.stringify({
      messaging_product: "whatsapp",
      to: `+${phone}`,
      type: "text",
      text: { body: text },
      biz_opaque_callback_data: opaqueId,
    }),
  });
  const answer: { messages?: { id?: string }[] } = await response.json();
  return response.ok ? (answer.messages?.[0]?.id ?? null) : null;
}
