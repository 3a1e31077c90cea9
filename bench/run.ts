import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { type Bench, table } from "./table.ts";

/** Benchmarks by name. */
const BENCHES: Record<string, () => Promise<{ default: Bench }>> = {
  edge: () => import("./edge.ts"),
  road: () => import("./road.ts"),
  cold: () => import("./cold.ts"),
  webhook: () => import("./webhook/webhook.ts"),
  bursts: () => import("./bursts/bursts.ts"),
  wait: () => import("./wait/wait.ts"),
  cost: () => import("./cost/cost.ts"),
  console: () => import("./console/console.ts"),
  insight: () => import("./insight/insight.ts"),
  replicas: () => import("./replicas/replicas.ts"),
  soak: () => import("./soak/soak.ts"),
  scale: () => import("./scale/scale.ts"),
  intents: () => import("./intents/intents.ts"),
  playground: () => import("./insight/playground.ts"),
};

const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { data: { type: "string" } },
});
const unknown = wanted.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`Unknown benchmark: ${unknown.join(", ")}. Available: ${Object.keys(BENCHES).join(", ")}.`);
  process.exit(2);
}

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}\n`);
// The playground belongs to the figures, and can be measured alone.
if (wanted.includes("insight")) wanted.push("playground");
for (const [name, load] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { default: bench } = await load();
  const measured = await bench({ data: values.data ?? null });
  console.log(`## ${name}\n\n${typeof measured === "string" ? measured : table(measured)}\n`);
}
