import { createCustomer } from "./customer.ts";
import { checkInvariants, untilAnswered } from "./invariants.ts";
import type { Options } from "./options.ts";
import { seededRandom } from "./random.ts";
import type { Scenario, Scene } from "./scenario.ts";
import { SCENARIOS } from "./scenarios/all.ts";
import type { World } from "./world.ts";

/** Runs the selected scenarios and prints a Markdown table of the results. True when every guarantee held. */
export async function playAll(world: World, { only, seed, users }: Options): Promise<boolean> {
  const wanted = SCENARIOS.filter(({ row }) => only === null || only.includes(row));
  console.log("| # | what happens | what must hold | what was seen | |\n|---|---|---|---|---|");
  let failures = 0;
  for (const scenario of wanted) {
    const { row, happens, holds } = scenario;
    const fromMs = performance.now();
    const outcome = await play(scenario, sceneOf(scenario, world, seed, users));
    const tookS = ((performance.now() - fromMs) / 1_000).toFixed(0);
    if (!outcome.ok) failures += 1;
    const verdict = outcome.ok ? `ok, ${tookS} s` : `**FAILED**, ${tookS} s`;
    console.log(`| ${row} | ${happens} | ${holds} | ${outcome.seen.replaceAll("|", "\\|")} | ${verdict} |`);
  }
  console.log(`\n${wanted.length - failures} of ${wanted.length} rows hold.`);
  return failures === 0;
}

async function play(scenario: Scenario, scene: Scene): Promise<{ ok: boolean; seen: string }> {
  const { world, phones, acknowledged } = scene;
  try {
    await world.calm();
    const seen = await scenario.play(scene);
    await world.calm();
    await untilAnswered(world, phones);
    await checkInvariants(world, phones, acknowledged, scenario.maySendTwice ?? false);
    return { ok: true, seen };
  } catch (error) {
    const why = String(error instanceof Error ? error.message : error).replaceAll(/\s+/g, " ");
    console.error(`Row ${scenario.row}: ${error instanceof Error ? error.stack : error}`);
    console.error(world.bot.lastOutput());
    // The next row must start with an idle bot.
    await world.bot.kill();
    return { ok: false, seen: why.slice(0, 200) };
  }
}

function sceneOf({ row }: Scenario, world: World, seed: number, users: number): Scene {
  const prefix = `519${String(row).padStart(2, "0")}`;
  const acknowledged = new Set<string>();
  let customers = 0;
  return {
    ...{ world, acknowledged, users },
    phones: `${prefix}%`,
    customer: () => createCustomer(`${prefix}${String(customers++).padStart(6, "0")}`, world, acknowledged),
    random: seededRandom(seed + row),
  };
}
