import { createTeardown } from "./local/lifecycle.ts";
import { createLoad } from "./bench/webhook-load.ts";
import { startWorld } from "./bench/webhook-world.ts";
import { startPart } from "./bench/webhook-process.ts";
import { readFileSync, readdirSync } from "node:fs";
const teardown = createTeardown();
const world = await startWorld(teardown);
const load = createLoad(world.graph);
const prof = process.argv[2] === "prof" ? ["--cpu-prof","--cpu-prof-dir=/tmp/prof/cpu","--cpu-prof-interval","500"] : [];
const parts = [];
for (const [which, env] of [["chasqui", world.sockets], ["chat-sdk", { RIVAL_USES_MODEL: "1" }]] as const) {
  const part = await startPart(which, "", { ...world.environment, ...env, ...(process.env.XENV? JSON.parse(process.env.XENV):{}) }, which==="chasqui"?prof:[]);
  const url = `${part.url}/api/whatsapp/webhook`;
  await load.send(url, 800, { atOnce: 32 }, true);
  parts.push({ which, part, url, rows: [], rates: [], acks: [] });
}
const all = () => { const o = {}; for (const pid of readdirSync("/proc").filter(x=>/^\d+$/.test(x))) { try { const stat = readFileSync(`/proc/${pid}/stat`,"utf8"); const comm = stat.slice(stat.indexOf("(")+1, stat.lastIndexOf(")")); const f = stat.slice(stat.lastIndexOf(")")+2).split(" "); const cmd = readFileSync(`/proc/${pid}/cmdline`,"utf8").split("\0").join(" "); const m = /webhook-child\.ts (\S+)/.exec(cmd)?.[1]; const name = m ?? (comm.startsWith("postgres")?"postgres":comm.includes("redis")?"redis":cmd.includes("zz-prof")?"load+graph":null); if(!name) continue; o[name]=(o[name]??0)+(Number(f[11])+Number(f[12]))*10; } catch {} } return o; };
const N = 800; const R = Number(process.env.R ?? 5);
for (let r = 0; r < R; r++) for (const p of parts) {
  await p.part.counters(); const before = all();
  const m = await load.send(p.url, N, { atOnce: 32 }, true);
  await p.part.counters(); const after = all();
  p.rates.push(N/m.seconds); p.acks.push(...m.ackMs);
  const row = {}; let sum=0; for (const k of Object.keys(after)) { const d=(after[k]-(before[k]??0))/N; row[k]=d; sum+=d; } row.total=sum; p.rows.push(row);
}
const med = (a) => [...a].sort((x,y)=>x-y)[a.length>>1];
for (const p of parts) { console.log(p.which, "replies/s", p.rates.map(x=>x.toFixed(0)).join(" "), "median", med(p.rates).toFixed(0), "ack p99", [...p.acks].sort((a,b)=>a-b)[Math.floor(p.acks.length*.99)].toFixed(0), "p50", med(p.acks).toFixed(0)); console.log("   ", Object.keys(p.rows[0]).map(k=>`${k} ${med(p.rows.map(r=>r[k])).toFixed(2)}`).join(", ")); }
for (const p of parts) await p.part.stop(); await teardown.run(); process.exit(0);
