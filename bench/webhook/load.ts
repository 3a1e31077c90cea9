import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { newWaMessageId, signatureOf, textWebhook } from "../../host/meta-webhook.ts";
import type { BareGraph } from "./graph.ts";

export const NUMBER = "100000000000001";
export const SECRET = "bench-app-secret-0123456789";
/** Enough to stay below WhatsApp's pair rate within a run: 45 messages, then one in 6 s. */
const CUSTOMERS = 2_000;
/** Wait after which a message counts as unanswered. */
const REPLY_LIMIT_MS = 10_000;

/** Measurements of one run. */
export interface Measured {
  seconds: number;
  /** From the first byte of the webhook to its 200. */
  ackMs: number[];
  /** From the first byte of the webhook to the reply at the Graph API; empty when none was expected. */
  replyMs: number[];
  unanswered: number;
}

/** One run: messages at fixed intervals, or a number of them in parallel; with `replies`, each is followed until its reply. */
export interface Run {
  url: string;
  messages: number;
  pace: { everyMs: number } | { atOnce: number };
  replies: boolean;
}

export interface Load {
  send(run: Run): Promise<Measured>;
}

/** Plays Meta: posts signed webhooks of one text each, from 2,000 customers in turn, and watches for replies at the Graph API. */
export function createLoad(graph: BareGraph): Load {
  const replied = watchReplies(graph);
  let made = 0;
  return {
    async send({ url, messages, pace, replies }) {
      // Connections of this run alone, since servers close idle ones between runs.
      const agent = new Agent({ keepAlive: true });
      const queue = Array.from({ length: messages }, () => signedMessage(made++));
      const measured: Measured = { seconds: 0, ackMs: [], replyMs: [], unanswered: 0 };
      const deliver = async (message: SignedMessage): Promise<void> => {
        const startedAt = performance.now();
        const reply = replies ? replied(message.from) : null;
        const status = await post(url, message, agent);
        if (status !== 200) throw new Error(`the webhook answered ${status}`);
        measured.ackMs.push(performance.now() - startedAt);
        if (!reply) return;
        if (await reply) measured.replyMs.push(performance.now() - startedAt);
        else measured.unanswered += 1;
      };
      const startedAt = performance.now();
      await deliverAll(queue, pace, deliver);
      agent.destroy();
      measured.seconds = (performance.now() - startedAt) / 1000;
      return measured;
    },
  };
}

/** Resolves true when a reply to this phone reaches the Graph API, false when none comes in time. */
function watchReplies(graph: BareGraph): (phone: string) => Promise<boolean> {
  const waiting = new Map<string, () => void>();
  graph.onMessage = (phone) => waiting.get(phone)?.();
  return (phone) =>
    new Promise((resolve) => {
      const end = (answered: boolean) => {
        clearTimeout(timer);
        waiting.delete(phone);
        resolve(answered);
      };
      const timer = setTimeout(end, REPLY_LIMIT_MS, false);
      waiting.set(phone, () => end(true));
    });
}

async function deliverAll(
  queue: SignedMessage[],
  pace: Run["pace"],
  deliver: (message: SignedMessage) => Promise<void>,
): Promise<void> {
  if ("everyMs" in pace) {
    const deliveries = queue.map(async (message, index) => {
      await sleep(index * pace.everyMs);
      await deliver(message);
    });
    await Promise.all(deliveries);
    return;
  }
  const worker = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) await deliver(next);
  };
  await Promise.all(Array.from({ length: pace.atOnce }, worker));
}

const GREETINGS = ["hola", "buenas"];

interface SignedMessage {
  from: string;
  body: string;
  signature: string;
}

/** Prepared before the clock starts, so that signing is not measured. */
function signedMessage(index: number): SignedMessage {
  const from = String(51_900_000_000 + (index % CUSTOMERS));
  // Never the same text twice in a row, which would look like a loop of two bots.
  const text = {
    phoneNumberId: NUMBER,
    from,
    name: "Ana",
    text: GREETINGS[Math.floor(index / CUSTOMERS) % 2] ?? "",
  };
  const body = JSON.stringify(
    textWebhook({ ...text, waMessageId: newWaMessageId(), timestampMs: Date.now() }),
  );
  return { from, body, signature: signatureOf(body, SECRET) };
}

function post(url: string, message: SignedMessage, agent: Agent): Promise<number> {
  const { body, signature } = message;
  return new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      "x-hub-signature-256": signature,
    };
    const sending = request(url, { method: "POST", headers, agent }, (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode ?? 0));
    });
    sending.on("error", (error) => {
      // The server may close an idle connection just as it is used again.
      if (sending.reusedSocket) post(url, message, agent).then(resolve, reject);
      else reject(error);
    });
    sending.end(body);
  });
}
