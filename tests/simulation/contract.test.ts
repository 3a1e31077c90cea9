import { afterAll, beforeAll, expect, test } from "vitest";
import { createRandom } from "../../chaos/simulation/random.ts";
import { SEED } from "../support/seed.ts";
import { openModelStore } from "./model-store.ts";
import { createSequence } from "./sequence.ts";
import { openSqlStore } from "./sql-store.ts";

const SEQUENCES = Number(process.env.SIMULATION_SEQUENCES ?? (process.env.CI ? 40 : 5));
const CALLS = 25;

let sql: Awaited<ReturnType<typeof openSqlStore>>;
beforeAll(async () => {
  sql = await openSqlStore();
});
afterAll(() => sql.close());

test("the store in memory answers and keeps what PostgreSQL answers and keeps, whatever is asked of them", async () => {
  const seed = Number(process.env.SIMULATION_SEED ?? SEED);
  console.log(`store contract: ${SEQUENCES} sequences from seed ${seed}`);
  for (let index = 0; index < SEQUENCES; index++) {
    await sql.clear();
    const model = openModelStore();
    const sequence = createSequence(createRandom(seed + index), sql, model);
    const calls: string[] = [];
    for (let call = 0; call < CALLS; call++) {
      const { name, fromSql, fromModel } = await sequence.next();
      calls.push(name);
      const where = `seed ${seed + index}, call ${call}: ${calls.join(", ")}`;
      expect(fromModel, where).toEqual(fromSql);
    }
  }
}, 600_000);
