import { resume } from "../../lib/jobs/resume.ts";
import { createStages } from "../../lib/telemetry/stages.ts";
import type { AbsentOperators } from "../../lib/types/handover.ts";
import type { WebhookEvents } from "../../lib/types/inbound.ts";
import { afterResponse } from "../../lib/webhook/after-response.ts";
import type { InboxDeps } from "../../lib/webhook/context.ts";
import { receive } from "../../lib/webhook/receive.ts";
import { type Caller, createAudit } from "./audit.ts";
import { createCacheModel } from "./cache.ts";
import type { FaultKind, Plan } from "./faults.ts";
import { createGraph } from "./graph.ts";
import { createLoop, type Loop, type Process, withVirtualTimeouts } from "./loop.ts";
import { createDeps, type Surroundings } from "./machine.ts";
import { createMeta, type Meta } from "./meta.ts";
import type { Mutant } from "./mutants.ts";
import { operatorsAct } from "./operators.ts";
import { createRandom, type Random } from "./random.ts";
import { createStoreModel } from "./store/model.ts";
import { type Counts, verdict } from "./verdict.ts";

const START_MS = Date.UTC(2026, 0, 1);
/** Faults end after this time. */
const CHAOS_MS = 60_000;
/** Everything sent before has arrived by now. */
const SETTLED_MS = CHAOS_MS + 70_000;
const RESUME_EVERY_MS = 10_000;
/** Several times the longest back-off. */
const AT_LATEST_MS = 4 * 60 * 60 * 1000;
const NUMBERS: readonly [string, ...string[]] = ["100", "200"];
/** Tests of the console have operators who stay away. */
const NOBODY_ABSENT: AbsentOperators = {
  idle: async () => [],
  giveBack: async () => null,
  untaken: async () => [],
  notReported: async () => {},
};
const NONE: ReadonlySet<FaultKind> = new Set();

/** Result of a schedule: the first broken guarantee, or null. */
export interface Outcome {
  violation: string | null;
  counts: Counts;
  /** Requests and events that were let happen one by one. */
  virtualMs: number;
}

/** Runs the real engine through one schedule of the plan; `trace` receives each event as text. */
export async function runSchedule(
  plan: Plan,
  mutant: Mutant | null = null,
  trace: ((line: string) => void) | null = null,
): Promise<Outcome> {
  const random = createRandom(plan.seed);
  const world = createWorld(plan, random, mutant, trace);
  const { loop, audit, store, meta } = world;
  await withVirtualTimeouts(loop, async () => {
    meta.begin(plan.users, plan.messages);
    world.breakThings();
    const broken = () => audit.violation !== null;
    const quiet = () => loop.now() >= START_MS + SETTLED_MS && meta.allTaken() && nothingOpen();
    const nothingOpen = () =>
      store.tables.conversations.every(({ receivedSeq, answeredSeq }) => receivedSeq <= answeredSeq);
    while (!broken() && !quiet() && loop.now() < START_MS + AT_LATEST_MS) {
      const everyMs = loop.now() < START_MS + SETTLED_MS ? RESUME_EVERY_MS : 6 * RESUME_EVERY_MS;
      await loop.run(loop.now() + everyMs, broken);
      world.resume();
    }
    if (!meta.allTaken()) audit.fail("a webhook was never taken");
    // Lets the last statements finish.
    await loop.run(loop.now() + RESUME_EVERY_MS, broken);
  });
  const counts = verdict(store, audit, meta);
  return { violation: audit.violation, counts, virtualMs: loop.now() - START_MS };
}

function createWorld(
  plan: Plan,
  random: Random,
  mutant: Mutant | null,
  print: ((line: string) => void) | null,
) {
  const loop = createLoop(START_MS, random, (process) => strike(process));
  const isChaos = () => loop.now() < START_MS + CHAOS_MS;
  const kinds = () => (isChaos() ? plan.kinds : NONE);
  const trace = (what: () => string) => print?.(`${((loop.now() - START_MS) / 1000).toFixed(3)} ${what()}`);
  const strike = createStriker({ plan, random, loop, kinds, trace });
  let ids = 0;
  const store = createStoreModel(loop.now, () => `id-${++ids}`, new Set(mutant?.storeBugs ?? []));
  const audit = createAudit({ store, now: loop.now, statusWaitMs: plan.statusWaitMs });
  const cache = createCacheModel(loop.now, plan);
  const outage = { from: Infinity, to: Infinity };
  const storeDown = () => loop.now() >= outage.from && loop.now() < outage.to;
  const call = createMachines(plan, mutant, () => around);
  const post = (events: WebhookEvents, taken: () => void) =>
    call("webhook", (deps, process) => webhook(events, deps, { loop, process, taken }));
  const meta: Meta = createMeta({ loop, random, phoneNumberIds: NUMBERS, kinds, post });
  const graph = createGraph({
    loop,
    random,
    audit,
    kinds,
    sendTrouble: plan.sendTrouble,
    windowOpen: meta.windowOpen,
    report: meta.report,
    trace,
  });
  const around: Surroundings = {
    plan,
    loop,
    random,
    audit,
    store,
    cache,
    graph,
    kinds,
    storeDown,
    trace,
    phoneNumberIds: NUMBERS,
  };
  return {
    loop,
    audit,
    store,
    meta,
    resume: () =>
      call("resume", (deps) =>
        resume({
          ...{ ...deps, ...NOTHING_TO_REMIND_OF },
          ...{ inbox: { ...deps.inbox, ...NOBODY_IS_ASKED }, absent: NOBODY_ABSENT },
        }),
      ),
    breakThings() {
      if (plan.kinds.has("store down")) {
        outage.from = loop.now() + random.int(0, 30_000);
        outage.to = outage.from + random.int(100, 25_000);
      }
      if (plan.kinds.has("cache flushed")) loop.after(random.int(0, CHAOS_MS), () => cache.flush());
      if (plan.kinds.has("operators")) operatorsComeAndGo(around);
      if (plan.kinds.has("operators of the console")) operatorsAct(around, call, CHAOS_MS);
    },
  };
}

/** Its company arranges nothing. */
const NOTHING_TO_REMIND_OF = {
  reminders: { due: async () => ({ due: [], missed: [] }), settle: async () => null },
  templates: { list: async () => ({ state: "ok" as const, templates: [] }) },
};

/** The simulated hours are too few for a silence. */
const NOBODY_IS_ASKED = { endSilences: async () => [] };

type Work = (deps: InboxDeps, process: Process) => Promise<unknown>;

/** Calls the engine on a random machine; a killed process is replaced. */
function createMachines(plan: Plan, mutant: Mutant | null, world: () => Surroundings) {
  const machines = Array.from({ length: plan.machines }, (_, index) => createProcess(`m${index + 1}`, 1));
  let calls = 0;
  return (name: string, work: Work): void => {
    const { random, loop } = world();
    const slot = random.int(0, machines.length - 1);
    const before = machines[slot];
    const process = before && !before.dead ? before : createProcess(`m${slot + 1}`, ++calls);
    machines[slot] = process;
    const caller: Caller = { name: `${process.name}/${name}${++calls}`, claims: new Map(), looks: new Map() };
    const deps = createDeps(world(), process, caller);
    const changed = mutant?.engine ? mutant.engine(deps) : deps;
    loop.after(random.int(0, 10), () => void work(changed, process).catch(() => undefined), process);
  };
}

const createProcess = (slot: string, serial: number): Process => ({
  name: `${slot}.${serial}`,
  dead: false,
  frozenUntil: 0,
});

/** Sometimes kills or freezes the process that is about to run. */
function createStriker({
  plan,
  random,
  loop,
  kinds,
  trace,
}: Pick<Surroundings, "plan" | "random" | "loop" | "kinds" | "trace">) {
  const probability = random.pick([0.01, 0.03, 0.1]);
  return (process: Process): void => {
    if (kinds().has("kill") && random.chance(probability)) {
      process.dead = true;
      trace(() => `${process.name} is killed`);
    } else if (kinds().has("freeze") && random.chance(probability / 2)) {
      // For any time, or until just before or after the end of its lease.
      const longMs = random.pick([
        random.int(50, plan.leaseMs * 2),
        plan.leaseMs - random.int(-1_000, 4_000),
      ]);
      process.frozenUntil = loop.now() + longMs;
      trace(() => `${process.name} is frozen until ${((process.frozenUntil - START_MS) / 1000).toFixed(3)}`);
    }
  };
}

/** `handleWebhook` from the parsed body on: 200 only when stored, everything else after the response. */
async function webhook(
  events: WebhookEvents,
  deps: InboxDeps,
  { loop, process, taken }: { loop: Loop; process: Process; taken: () => void },
): Promise<void> {
  const receivedAtMs = deps.clock.now();
  const received = await receive(events, deps, createStages(loop.now));
  loop.after(0, () => loop.after(10, taken), process);
  await afterResponse(
    events,
    received,
    { stagesMs: {}, receivedAtMs, startedTurn: received.startedTurn },
    deps,
  );
}

/** Operators take conversations and hand them back. */
function operatorsComeAndGo({ loop, random, audit, store, trace }: Surroundings): void {
  for (let times = random.int(1, 4); times > 0; times--) {
    loop.after(random.int(0, CHAOS_MS), () => {
      const { conversations } = store.tables;
      const conversation = conversations[random.int(0, conversations.length - 1)];
      if (!conversation) return;
      const { id } = conversation;
      const takes = random.chance(0.6);
      trace(() => `an operator ${takes ? "takes" : "hands back"} ${id}`);
      audit.statement(() => (takes ? store.takeOver(id, "person", "mine") : store.handBack(id)));
      if (!takes) audit.givenBack(id);
    });
  }
}
