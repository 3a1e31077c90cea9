import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { GraphRequest } from "../../fakes/graph/faults.ts";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { WORLD, type World } from "../support/world.ts";

/**
 * One conversation: the changes that Meta posts, one after the other; what the model then reads for each reply; and the
 * bodies that the Graph API gets. In `says`, `{now}` is Meta's time, `{media:name}` a file that was uploaded, `{sent:1}`
 * the first message that the bot sent; in `graph`, `{ours}` is an id of our own.
 */
const goldenSchema = z.object({
  says: z.array(z.object({ field: z.string(), value: z.record(z.string(), z.unknown()) })),
  sees: z.array(z.array(z.string())).default([]),
  graph: z.array(z.unknown()).default([]),
});

export type Golden = z.output<typeof goldenSchema>;

export const FOLDER = import.meta.dirname;

/** Every conversation that is kept here. */
export function goldenNames(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length))
    .sort();
}

export function readGolden(name: string): Golden {
  return goldenSchema.parse(JSON.parse(readFileSync(join(FOLDER, `${name}.json`), "utf8")));
}

/** Plays what is said, each change when the answer to the one before is out, and gives what came of it. */
export async function play(world: World, says: Golden["says"]): Promise<Pick<Golden, "sees" | "graph">> {
  const begun = { sent: world.graph.sent.length, asked: world.model.requests.length };
  const graph: unknown[] = [];
  for (const change of says) {
    const before = world.graph.requests.length;
    const values = placeholders(world, () =>
      world.graph.sent.slice(begun.sent).map((one) => one.waMessageId),
    );
    const filled: unknown = JSON.parse(JSON.stringify(change).replace(/\{(\w+)(?::([\w.-]+))?\}/g, values));
    await world.deliver({ object: "whatsapp_business_account", entry: [{ id: "WABA", changes: [filled] }] });
    await world.drain();
    graph.push(...inOrder(world.graph.requests.slice(before)));
  }
  return { sees: seen(world, begun.asked), graph };
}

/** Blue ticks and "typing…" go out beside the reply: here they stand before it. */
function inOrder(requests: readonly GraphRequest[]): unknown[] {
  const bodies = requests.map(({ body }) => masked(body));
  const isMark = (body: object): boolean => "status" in body;
  return [...bodies.filter(isMark), ...bodies.filter((body) => !isMark(body))];
}

const masked = (body: unknown): object =>
  JSON.parse(JSON.stringify(body).replace(/("biz_opaque_callback_data":)"[0-9a-f-]{36}"/, '$1"{ours}"'));

/** First messages to the reply model in each turn, without the prompt. */
function seen(world: World, begun: number): string[][] {
  return world.model.requests
    .slice(begun)
    .filter(({ kind, messages }) => (kind === "tools" || kind === "text") && messages.at(-1)?.role === "user")
    .map(({ messages }) =>
      messages
        .filter(({ role }) => role === "user" || role === "assistant")
        .map(({ role, text, images }) => {
          const pictures = images.length === 0 ? "" : ` (and ${images.length} picture)`;
          return `${role === "user" ? "customer" : "bot"}: ${text}${pictures}`;
        }),
    );
}

const SAMPLES = join(PROJECT_DIRECTORY, "web/src/simulator/samples");
const MADE: Readonly<Record<string, string>> = {
  "pregunta.txt": "¿Cuánto cuesta el envío a Brasil?\n",
  "clip.mp4": "\0\0\0\u0018ftypmp42",
};
const MIME_TYPES: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  mp4: "video/mp4",
  ogg: "audio/ogg; codecs=opus",
  pdf: "application/pdf",
  txt: "text/plain",
  webp: "image/webp",
};

function placeholders(world: World, sent: () => string[]) {
  return (whole: string, kind: string, name = ""): string => {
    if (kind === "now") return String(Math.floor(Date.now() / 1000));
    if (kind === "sent") return sent()[Number(name) - 1] ?? `no message ${name} was sent`;
    return kind === "media" ? upload(world, name) : whole;
  };
}

function upload(world: World, name: string): string {
  const made = MADE[name];
  const bytes = made === undefined ? readFileSync(join(SAMPLES, name)) : Buffer.from(made);
  const mimeType = MIME_TYPES[name.split(".").at(-1) ?? ""] ?? "application/octet-stream";
  return world.graph.media.put({ bytes, mimeType }, WORLD.phoneNumberId);
}
