import { modelFacts } from "../../lib/config/models.ts";
import type { Log } from "../../lib/telemetry/log.ts";
import { briefRuns } from "../../lib/turn/run-all.ts";
import type { InboxStore, UnreadConversations, WaitingHandoffs } from "../../lib/types/inbox-store.ts";
import type { KnowledgeHit } from "../../lib/types/tools.ts";
import type { Claim, TurnStore } from "../../lib/types/turn-store.ts";
import type { InboxDeps } from "../../lib/webhook/context.ts";
import type { Audit, Caller } from "./audit.ts";
import { type CacheModel, unknownFor } from "./cache.ts";
import { type FaultKind, type Plan, storeWire } from "./faults.ts";
import type { GraphModel } from "./graph.ts";
import { createModel } from "./language-model.ts";
import type { Loop, Process } from "./loop.ts";
import { LostError, request } from "./network.ts";
import type { Random } from "./random.ts";
import type { StoreModel } from "./store/model.ts";

const STORE_TIMEOUT_MS = 5_000;
const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** World shared by all machines of a schedule. */
export interface Surroundings {
  plan: Plan;
  loop: Loop;
  random: Random;
  audit: Audit;
  store: StoreModel;
  cache: CacheModel;
  graph: GraphModel;
  phoneNumberIds: readonly string[];
  /** Faults that may happen now. */
  kinds(): ReadonlySet<FaultKind>;
  storeDown(): boolean;
  trace(what: () => string): void;
}

/** Dependencies of the engine for one call on one machine. */
export function createDeps(around: Surroundings, process: Process, caller: Caller): InboxDeps {
  const { plan, loop, random, audit, cache, graph, kinds } = around;
  const quick = () => ({ arrivesMs: random.int(1, 20), answersMs: random.int(1, 20), failsMs: null });
  const statement = <T>(name: string, effect: () => T): Promise<T> => {
    if (around.storeDown()) {
      const failsMs = random.pick([1, STORE_TIMEOUT_MS]);
      return request(loop, process, { arrivesMs: null, answersMs: null, failsMs }, effect);
    }
    return request(loop, process, storeWire(name, random, kinds(), STORE_TIMEOUT_MS), () => {
      if (around.storeDown()) throw new LostError("the store is down");
      const answer = notRefused(name, effect);
      around.trace(() => `${caller.name}: ${name} → ${brief(answer)}`);
      return answer;
    });
  };
  /** Fails the audit when the store refuses a statement: the engine must send only storable values. */
  const notRefused = <T>(name: string, effect: () => T): T => {
    try {
      return effect();
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : error;
      audit.fail(`${name} was refused: ${code}`);
      throw error;
    }
  };
  const model = createModel(loop, process, random, () => kinds());
  return {
    store: turnStore(around, caller, statement),
    queueChanged: () => Promise.resolve(),
    runDue: async () => {},
    // The schedule calls the cron itself.
    chain: { start: async () => {} },
    inbox: inbox(around, caller, statement),
    channel: graph.channel(process, caller),
    cache: {
      admit: (messages) =>
        kinds().has("cache unknown") && random.chance(0.4)
          ? Promise.resolve(unknownFor(messages))
          : request(loop, process, quick(), () => cache.admit(messages)),
      markStored: (ids) =>
        request(loop, process, quick(), () => {
          if (!kinds().has("cache unknown") || random.chance(0.6)) cache.mark(ids);
        }),
      ping: () => Promise.resolve(),
    },
    knowledge: { search: () => request(loop, process, quick(), () => passages(kinds())) },
    records: () => null,
    // Its hashes are made outside of the simulated loop.
    keeper: null,
    answers: null,
    notifier: {
      handoff: ({ conversationId }) =>
        request(loop, process, quick(), () => {
          audit.notified.add(conversationId);
          return random.chance(0.9);
        }),
      alert: () => Promise.resolve(true),
      absence: () => Promise.resolve(true),
    },
    // Another one, so that it may be asked beside the first.
    models: { intent: model, reply: model, fallback: { ...model, id: "gpt-4o-mini" } },
    factsOf: modelFacts,
    // Every turn makes both calls, since both can fail.
    fastPath: false,
    // Weights load in a time that no simulated clock knows.
    intentLocal: "off",
    // By the last intent alone.
    overlap: { replyFrom: 0 },
    sample: null,
    runRules: briefRuns({ now: loop.now }),
    clock: clock(loop, process),
    log: SILENT,
    limits: {
      leaseMs: plan.leaseMs,
      settleMs: plan.settleMs,
      statusWaitMs: plan.statusWaitMs,
      // Over within a schedule.
      handoffWaitMs: 5_000,
      intentTimeoutMs: 2_000,
      replyTimeoutMs: 10_000,
      waitTargetMs: 3_000,
    },
    appSecrets: [],
    phoneNumberIds: around.phoneNumberIds,
    throughputs: {},
    rateLimit: plan.rateLimit,
    budget: { turns: 1e6, soundSeconds: 1e6, usd: 1e6 },
    humanPauseS: 3_600,
    media: { read: () => Promise.resolve({ kind: "unreadable", reason: "unsupported" }) },
    transcriptionModel: "none",
    waitUntil: () => {},
  };
}

/** A passage with values that a company may have loaded long ago. */
const passages = (kinds: ReadonlySet<FaultKind>): KnowledgeHit[] =>
  kinds.has("hostile values") ? [{ title: "nul \0", text: "half \ud83d", language: "es" }] : [];

/** An answer of the store for the trace, without its constant parts. */
const brief = (answer: unknown): string =>
  JSON.stringify(answer, (key, value) =>
    ["tenant", "customer", "history", "text"].includes(key) ? undefined : value,
  );

type Statement = <T>(name: string, effect: () => T) => Promise<T>;

function turnStore(around: Surroundings, caller: Caller, statement: Statement): TurnStore {
  const { store, audit } = around;
  return {
    async claim(conversationId, leaseMs) {
      const granted = await statement("claim", (): { claim: Claim; number: number } | null => {
        const claim = audit.statement(() => store.claim(conversationId, leaseMs));
        return claim && { claim, number: audit.granted(claim) };
      });
      if (granted) caller.claims.set(conversationId, granted.number);
      return granted?.claim ?? null;
    },
    draft: (input) =>
      looking(around, caller, input.claim.conversationId, (seen) =>
        statement("draft", () =>
          audit.fenced(caller, input.claim.conversationId, () => {
            seen();
            const drafted = store.draft(input);
            if (drafted.outcome === "send" && input.handoff) audit.opensHandoff.add(input.claim.turnId);
            return drafted;
          }),
        ),
      ),
    finish: (input) =>
      statement(`finish as ${input.result}`, () =>
        audit.fenced(caller, input.claim.conversationId, () => store.finish(input)),
      ),
    beginResend: (claim, messageIds, leaseMs) =>
      looking(around, caller, claim.conversationId, (seen) =>
        statement("beginResend", () =>
          audit.fenced(caller, claim.conversationId, () => {
            seen();
            const granted = store.beginResend(claim, messageIds, leaseMs);
            audit.resendGranted(granted.unconfirmed);
            return granted;
          }),
        ),
      ),
    redraft: (claim, form, leaseMs) =>
      looking(around, caller, claim.conversationId, (seen) =>
        statement("redraft", () =>
          audit.fenced(caller, claim.conversationId, () => {
            seen();
            return store.redraft(claim, form, leaseMs);
          }),
        ),
      ),
    checkBeforeSend: (claim, previousId) =>
      looking(around, caller, claim.conversationId, (seen) =>
        statement("checkBeforeSend", () => {
          seen();
          return store.checkBeforeSend(claim, previousId);
        }),
      ),
    firstAlertToday: () => Promise.resolve(false),
  };
}

/** Records the times of execution and answer of a check before a send. */
async function looking<T>(
  { loop }: Surroundings,
  { looks }: Caller,
  conversationId: string,
  ask: (seen: () => void) => Promise<T>,
): Promise<T> {
  let seenAt = Number.POSITIVE_INFINITY;
  const answer = await ask(() => {
    seenAt = loop.now();
  });
  looks.set(conversationId, { seenAt, heardAt: loop.now() });
  return answer;
}

function inbox(
  { store, audit }: Surroundings,
  caller: Caller,
  statement: Statement,
): InboxStore & UnreadConversations & WaitingHandoffs {
  return {
    async receive(batch) {
      const { received, number } = await statement("receive", () => {
        const received = audit.statement(() => store.receive(batch));
        return { received, number: received.startedTurn && audit.granted(received.startedTurn) };
      });
      if (received.startedTurn && number !== null)
        caller.claims.set(received.startedTurn.conversationId, number);
      return received;
    },
    release: (turnId) => statement("release", () => store.release(turnId)),
    recordNotice: (notice) => statement("recordNotice", () => store.recordNotice(notice)),
    unread: (limit) => statement("unread", () => store.unread(limit)),
    endWaits: (limit) => statement("endWaits", () => audit.statement(() => store.endWaits(limit))),
  };
}

function clock(loop: Loop, process: Process): InboxDeps["clock"] {
  return {
    now: () => loop.now(),
    steady: () => loop.now(),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        signal?.addEventListener("abort", () => resolve());
        loop.after(ms, () => resolve(), process);
      }),
  };
}
