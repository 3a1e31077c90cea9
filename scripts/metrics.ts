/** `npm run metrics`: prints figures, and counts them anew. */
import { parseArgs } from "node:util";
import { createMetrics, createRollUp } from "../db/metrics.ts";
import { runCommand } from "../host/machine/command.ts";
import type { Teardown } from "../host/machine/lifecycle.ts";
import { complain, say, sayJson } from "../host/machine/terminal.ts";
import { openDatabase } from "../host/stores/open-database.ts";
import { parseVariable } from "../lib/config/env.ts";
import { ROWS } from "../lib/jobs/rollup.ts";
import { answer, isMetric } from "./metrics/show.ts";

const USAGE = `npm run metrics -- show                    all figures of the last 7 days
npm run metrics -- show <name>             one of them by its labels, e.g. wait, turns, sent
npm run metrics -- rebuild                 count everything again of which messages and turns are kept
Add --days <n> for another time, --json for machine-readable output.`;
const SAY_EVERY_MS = 10_000;
/** Most days that are asked for. */
const MOST_DAYS = 4_000;

await runCommand(main);

async function main(teardown: Teardown): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
      days: { type: "string" },
    },
  });
  const [action = "show", name, ...rest] = positionals;
  const days = values.days === undefined ? null : Number(values.days);
  const known =
    action === "show" ? name === undefined || isMetric(name) : action === "rebuild" && name === undefined;
  if (
    values.help ||
    !known ||
    rest.length > 0 ||
    (days !== null && !(Number.isInteger(days) && days > 0 && days <= MOST_DAYS))
  ) {
    complain(USAGE);
    return values.help ? 0 : 2;
  }
  const database = await openDatabase(process.env, teardown);
  if (action === "rebuild") {
    await rebuild(createRollUp(database), days ?? parseVariable("RETENTION_DAYS", process.env));
    return 0;
  }
  const { data, words } = await answer(createMetrics(database), name ?? null, days ?? 7);
  if (values.json) sayJson(data);
  else say(words);
  return 0;
}

/** Counts in slices until all is done; what the job of a running bot counts meanwhile is not counted twice. */
async function rebuild({ rebuild, step }: ReturnType<typeof createRollUp>, days: number): Promise<void> {
  await rebuild(days);
  let slices = 0;
  let saidMs = performance.now();
  for (;;) {
    const outcome = await step(ROWS);
    if (outcome === "done") break;
    if (outcome === "more") slices += 1;
    else await new Promise((resolve) => setTimeout(resolve, 200));
    if (performance.now() - saidMs > SAY_EVERY_MS) {
      say(`Still counting: ${slices} slices so far.`);
      saidMs = performance.now();
    }
  }
  say(`Counted ${slices} slices. Figures whose messages and turns have been deleted are as they were.`);
}
