import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { newWaMessageId, signatureOf, textWebhook } from "../../host/meta-webhook.ts";
import type { BareGraph } from "./graph.ts";

export const NUMBER = "100000000000001";
export const SECRET = "bench-app-secret-0123456789";
/** So many that nobody is answered as often as WhatsApp allows within a run: 45 times, then once in 6 s. */
const USERS = 2_000;
/** After this a message counts as never answered. */
const PATIENCE_MS = 10_000;

/** What happened to the messages of one run. */
export interface Measured {
  seconds: number;
  /** From the first byte of the webhook to its 200. */
  ackMs: number[];
  /** From the first byte of the webhook to the reply at the Graph API; empty when none was expected. */
  replyMs: number[];
  unanswered: number;
}

/** How to send: a message every so often, or so many under way until each is answered. */
export type Pace = { everyMs: number } | { atOnce: number };

/** Sends `count` messages to `url`; with `replies` each is followed until it is answered. */
export interface Load {
  send(url: string, count: number, pace: Pace, replies: boolean): Promise<Measured>;
}

/** Plays Meta: signed webhooks of one text each, from 2,000 users by turns, and an eye on what reaches the Graph API. */
export function createLoad(graph: BareGraph): Load {
  const waiting = new Map<string, () => void>();
  graph.onMessage = (phone) => waiting.get(phone)?.();
  let made = 0;

  async function one(
    url: string,
    agent: Agent,
    message: SignedMessage,
    replies: boolean,
    measured: Measured,
  ): Promise<void> {
    const startedAt = performance.now();
    const replied = replies ? replyTo(message.from) : null;
    const status = await post(url, message, agent);
    if (status !== 200) throw new Error(`the webhook answered ${status}`);
    measured.ackMs.push(performance.now() - startedAt);
    if (!replied) return;
    if (await replied) measured.replyMs.push(performance.now() - startedAt);
    else measured.unanswered += 1;
  }

  function replyTo(from: string): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (answered: boolean) => {
        clearTimeout(timer);
        waiting.delete(from);
        resolve(answered);
      };
      const timer = setTimeout(settle, PATIENCE_MS, false);
      waiting.set(from, () => settle(true));
    });
  }

  return {
    async send(url, count, pace, replies) {
      // One run's connections: idle ones are cut by the servers between runs.
      const agent = new Agent({ keepAlive: true });
      const queue = Array.from({ length: count }, () => signedMessage(made++));
      const measured: Measured = { seconds: 0, ackMs: [], replyMs: [], unanswered: 0 };
      const startedAt = performance.now();
      if ("everyMs" in pace) {
        const sent = queue.map(async (message, index) => {
          await sleep(index * pace.everyMs);
          await one(url, agent, message, replies, measured);
        });
        await Promise.all(sent);
      } else {
        const work = async () => {
          for (let next = queue.pop(); next; next = queue.pop())
            await one(url, agent, next, replies, measured);
        };
        await Promise.all(Array.from({ length: pace.atOnce }, work));
      }
      agent.destroy();
      measured.seconds = (performance.now() - startedAt) / 1000;
      return measured;
    },
  };
}

const GREETINGS = ["hola", "buenas"];

interface SignedMessage {
  from: string;
  body: string;
  signature: string;
}

/** Made before the clock runs, so that our own signing is not measured. */
function signedMessage(index: number): SignedMessage {
  const from = String(51_900_000_000 + (index % USERS));
  // Never twice the same in a row, which is what a loop of two bots does.
  const text = {
    phoneNumberId: NUMBER,
    from,
    name: "Ana",
    text: GREETINGS[Math.floor(index / USERS) % 2] ?? "",
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
      // The server may cut an idle connection at the moment it is used again.
      if (sending.reusedSocket) post(url, message, agent).then(resolve, reject);
      else reject(error);
    });
    sending.end(body);
  });
}
