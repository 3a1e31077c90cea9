import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);

/** Loads an endpoint and then has the AI SDK check a message that holds itself. */
const ASK = (before: string) => `
  ${before}
  const { userModelMessageSchema } = await import("ai");
  const round = {};
  round.again = round;
  try {
    console.log(userModelMessageSchema.safeParse({ role: "user", content: "hi", providerOptions: { us: { round } } }).success);
  } catch (error) {
    console.log(error.name);
  }
  console.log(userModelMessageSchema.safeParse({ role: "user", content: "hi" }).success);`;

const answers = async (before: string) => {
  const { stdout } = await run(process.execPath, [
    "--import",
    "tsx",
    "--input-type=module",
    "-e",
    ASK(before),
  ]);
  return stdout.trim().split("\n");
};

// Only a search for cycles finds this one; without the search it is followed until the stack ends.
test("the AI SDK's schemas are made with a search for cycles", async () => {
  expect(await answers("")).toEqual(["true", "true"]);
});

test.each(["api/whatsapp/webhook.ts", "api/console/[...path].ts"])(
  "%s has the AI SDK's schemas made without that search",
  async (file) => {
    expect(await answers(`await import(${JSON.stringify(`./${file}`)});`)).toEqual(["RangeError", "true"]);
  },
);
