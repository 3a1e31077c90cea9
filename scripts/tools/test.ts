import { randomUUID } from "node:crypto";
import { complain, indented, say } from "../../host/machine/terminal.ts";
import { systemClock } from "../../lib/compose/clock.ts";
import { readText } from "../../lib/http/body.ts";
import { namedBy, type Values } from "../../lib/tools/behalf/variables.ts";
import { createToolRunner } from "../../lib/tools/runner.ts";
import type { Json } from "../../lib/types/json.ts";
import type { DeclaredTool, ToolOutcome } from "../../lib/types/tools/declared.ts";
import type { ToolsTask } from "./arguments.ts";
import { masked, signingHere, systemFetch, valueOptions, valuesHere } from "./environment.ts";
import type { ToolCompany } from "./source.ts";

const MOST_SHOWN = 4_000;
/** Time for the rest of an answer that the tool did not want. */
const REST_MS = 300;

/** Calls a tool and prints what was sent, what was answered, and what the model would see; the exit code. */
export async function tryTool(
  { tools, profile, owner }: ToolCompany,
  name: string,
  { input, phone, yes }: ToolsTask,
): Promise<number> {
  const tool = tools.find((one) => one.name === name);
  if (!tool)
    throw new Error(
      `There is no tool ${name}: ${tools.map((one) => one.name).join(", ") || "there are none"}.`,
    );
  if (tool.effect && !yes)
    throw new Error(`${name} has an effect, which would really happen: add --yes if you want that.`);
  const lines: string[] = [];
  const answers: Promise<void>[] = [];
  const runner = createToolRunner({
    fetch: recording(systemFetch(), lines, answers),
    clock: systemClock,
    ...valueOptions(),
    secret: signingHere().secret,
    log: { warn: (_, fields) => void lines.push(`! ${Object.values(fields ?? {}).join(" ")}`) },
  });
  const { secrets: named } = namedBy(tool);
  const tenant = named.length > 0 ? await owner() : { id: "test", phoneNumberId: "0" };
  const behalf = {
    tenant: { ...tenant, profile },
    customer: { phone, waUserId: null },
    conversationId: "test",
    idempotencyKey: `test-${randomUUID()}`,
  };
  const outcome = await runner.run(tool, parsed(input), behalf, AbortSignal.timeout(30_000));
  await Promise.race([Promise.all(answers), systemClock.sleep(REST_MS)]);
  const values = await valuesHere()(tool, tenant);
  const secrets = new Map(named.flatMap((name) => entryOf(name, values)));
  for (const line of lines) say(masked(line, secrets));
  if (outcome.ok) say(masked(`The model sees:\n${JSON.stringify(outcome.answer, null, 2)}`, secrets));
  else complain(failureWords(outcome, tool));
  return outcome.ok ? 0 : 1;
}

/** A secret's name and value; none when it does not open. */
function entryOf(name: string, values: Values): [string, string][] {
  try {
    return [[`secret:${name}`, values.secret(name)]];
  } catch {
    return [];
  }
}

function parsed(input: string): Json {
  try {
    return JSON.parse(input) as Json;
  } catch {
    throw new Error(`--input is not JSON: ${input.slice(0, 200)}`);
  }
}

const FIXES: Readonly<Record<string, string>> = {
  invalid_input: "the input does not fit the tool's schema, or cannot stand in its URL",
  invalid_answer: "the answer is no JSON or no calendar, or does not fit answer.schema",
  refused_address:
    "the host is not public, or is plain http: add it to ALLOW_TOOL_HOSTS if it is a system of your own network",
  missing_variable: "a variable or a secret is not set, see above",
  redirect: "the system redirects, which is never followed: write the address that it redirects to",
  changed: "the tool is gone, or not the one that was approved: npm run tools -- approve",
  too_large:
    "the answer is longer than 256 KB, or a calendar than 2 MB, or what it holds takes too long to work out",
  unknown_hours:
    "the company's opening hours or time zone cannot be computed: write openingHours in profile.json, or via.hours",
  timeout: "no answer in time: the system is slow, or timeoutMs is too short",
  connection: "nobody answers there, or the connection broke off",
};

const failureWords = (
  { code, mayHaveHappened }: ToolOutcome & { ok: false },
  { effect }: DeclaredTool,
): string =>
  `Failed: ${code}${FIXES[code] ? ` (${FIXES[code]})` : ""}.${effect && mayHaveHappened ? " It may have been done all the same." : ""}`;

const recording =
  (fetcher: typeof fetch, lines: string[], answers: Promise<void>[]): typeof fetch =>
  async (input, init = {}) => {
    const body = typeof init.body === "string" && init.body !== "" ? `\n  ${indented(init.body, 2)}` : "";
    lines.push(
      `→ ${init.method ?? "GET"} ${String(input)}\n${headerLines(new Headers(init.headers))}${body}`,
    );
    const response = await fetcher(input, init);
    const at = lines.push(`← ${response.status}`) - 1;
    const copy = response.clone();
    answers.push(
      readText(copy, 256 * 1024)
        .catch(() => "(broke off)")
        .then((text) => {
          const shown = text === null ? "(longer than 256 KB)" : text.slice(0, MOST_SHOWN);
          lines[at] =
            `← ${response.status} ${response.headers.get("content-type") ?? ""}\n  ${indented(shown, 2)}`;
        }),
    );
    return response;
  };

const headerLines = (headers: Headers): string =>
  [...headers]
    .map(([name, value]) =>
      name === "x-chasqui-context"
        ? `${name}: base64url of ${Buffer.from(value, "base64url").toString()}`
        : `${name}: ${value}`,
    )
    .map((line) => `  ${line}`)
    .join("\n");
