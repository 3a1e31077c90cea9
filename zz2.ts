import { MUTANTS } from "./chaos/simulation/mutants.ts";
import { runSchedules } from "./chaos/simulation/run.ts";
const m = MUTANTS.find(({name})=>name==="earlier sends forgotten")!;
for (const seed of [700, 5000, 10000, 15000, 20000]) { const {failure}=await runSchedules(1500, seed, m); console.log(seed, failure?.after, failure?.violation); }
