import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { STARTS_TURN } from "../../lib/whatsapp/inbound/starts-turn.ts";
import { startWorld, type World } from "../support/world.ts";
import { FOLDER, goldenNames, play, readGolden } from "./golden.ts";

/** `UPDATE_GOLDEN=1` writes what was seen into the files, for somebody to read. */
const UPDATE = process.env.UPDATE_GOLDEN === "1";

let world: World;
beforeAll(async () => {
  // A busy machine must not look like a slow model.
  world = await startWorld({ env: { INTENT_TIMEOUT_MS: "30000", REPLY_TIMEOUT_MS: "60000" } });
  // The thread that reads PDFs is started by its first request: a busy machine must not look like a slow PDF.
  await fetch(`${world.url}/api/media/read`);
});
afterAll(() => world.close());

test.each(goldenNames())("%s: what is said, what the model reads, and what Graph gets", async (name) => {
  const { says, ...expected } = readGolden(name);
  const got = await play(world, says);
  if (UPDATE) writeFileSync(join(FOLDER, `${name}.json`), `${JSON.stringify({ says, ...got }, null, 2)}\n`);
  else expect(got).toEqual(expected);
  expect(world.errors).toEqual([]);
});

test("every type of message that Meta sends has a conversation", () => {
  const types = goldenNames().flatMap((name) => readGolden(name).says.flatMap(({ value }) => typesIn(value)));
  // `voice` is how old senders call a voice note, `unknown` what has no type.
  const expected = Object.keys(STARTS_TURN).filter((type) => type !== "voice" && type !== "unknown");
  expect(expected.filter((type) => !types.includes(type))).toEqual([]);
});

test("every conversation stands in docs/whatsapp.md", () => {
  const page = readFileSync(join(PROJECT_DIRECTORY, "docs/whatsapp.md"), "utf8");
  expect(goldenNames().filter((name) => !page.includes(`tests/golden/${name}.json`))).toEqual([]);
});

function typesIn({ messages }: Record<string, unknown>): unknown[] {
  return Array.isArray(messages) ? messages.map((message: { type?: unknown }) => message.type) : [];
}
