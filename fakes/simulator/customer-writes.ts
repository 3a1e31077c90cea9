import type { Handler } from "hono";
import type { SimSendResponse } from "../../contracts/simulator.ts";
import { customerWebhook, deliverWebhook, newWaMessageId } from "../../host/meta-webhook.ts";
import type { Files } from "./content/files.ts";
import { messageOf } from "./content/written.ts";
import { INPUTS, problem, read } from "./inputs.ts";
import type { SimulatorOptions } from "./options.ts";

/** Phones of customers by message id, since Meta's typing indicator names only the message. */
export type Senders = Map<string, string>;

const SENDERS_LIMIT = 1_000;
/** The business number as Meta names it in `context`. */
const BUSINESS = "15550001111";

/** `POST /_local/send`: a customer writes; the bot gets a properly signed webhook over HTTP. */
export function customerWrites(options: SimulatorOptions, senders: Senders, files: Files): Handler {
  return async (context) => {
    const input = await read(context, INPUTS.send);
    if (input instanceof Response) return input;
    const { phone: from, name, replyTo } = input;
    const message = messageOf(input.message, files);
    if (message === null)
      return problem(404, "file_gone", "This file is no longer available; choose it again.");
    const waMessageId = newWaMessageId();
    const oldest = senders.keys().next().value;
    if (senders.size >= SENDERS_LIMIT && oldest !== undefined) senders.delete(oldest);
    senders.set(waMessageId, from);

    const { phoneNumberId, appSecret, webhookUrl } = options;
    const quote = replyTo === undefined ? {} : { context: { from: BUSINESS, id: replyTo } };
    const sender = { phoneNumberId, from, name, waMessageId, timestampMs: Date.now() };
    const body = customerWebhook(sender, { ...message, ...quote });
    const startMs = performance.now();
    const response = await deliverWebhook(webhookUrl(), body, appSecret, AbortSignal.timeout(30_000)).catch(
      () => null,
    );
    if (!response) return problem(502, "no_answer", "The bot's webhook did not answer; see the terminal.");
    await response.arrayBuffer();
    const ackMs = Math.round((performance.now() - startMs) * 10) / 10;
    const answer: SimSendResponse = { waMessageId, httpStatus: response.status, ackMs };
    return context.json(answer, 202);
  };
}
