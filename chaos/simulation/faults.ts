import type { Random } from "./random.ts";

/** Fault kinds of one schedule, and its size. */
export interface Plan {
  seed: number;
  kinds: ReadonlySet<FaultKind>;
  users: number;
  messages: number;
  machines: number;
  leaseMs: number;
  settleMs: number;
  statusWaitMs: number;
  rateLimit: { max: number; windowS: number };
  /** Factor for the probability that a send fails. */
  sendTrouble: number;
}

export const FAULT_KINDS = [
  "kill",
  "freeze",
  "slow store",
  "lost answers of the store",
  "struck answers",
  "late statements",
  "store down",
  "cache unknown",
  "cache flushed",
  "model errors",
  "model hangs",
  "send ambiguous",
  "send rejected",
  "send late",
  "report late",
  "report never",
  "redelivery",
  "handoffs",
  "operators",
  "operators of the console",
  "opt outs",
  "identity changes",
  "same ids",
  "hostile values",
  "long replies",
  "rate limit",
  "window closed",
  "form refused",
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** The plan of a seed, with few or many kinds of faults. */
export function planOf(seed: number, random: Random): Plan {
  const share = random.pick([0.1, 0.3, 0.6]);
  const kinds = new Set(FAULT_KINDS.filter(() => random.chance(share)));
  return {
    seed,
    kinds,
    users: random.int(1, 3),
    messages: random.int(1, 7),
    machines: random.int(1, 3),
    leaseMs: random.pick([10_000, 30_000]),
    settleMs: random.pick([0, 0, 0, 1_500]),
    statusWaitMs: random.pick([2_000, 8_000]),
    rateLimit: { max: kinds.has("rate limit") ? 2 : 20, windowS: 60 },
    sendTrouble: random.pick([1, 1, 1, 2]),
  };
}

/** Plans with one fault kind, customer, message or machine less. */
export function smallerPlans(plan: Plan): Plan[] {
  const fewer = [...plan.kinds].map((kind) => ({
    ...plan,
    kinds: new Set([...plan.kinds].filter((other) => other !== kind)),
  }));
  const smaller = (["users", "messages", "machines"] as const)
    .filter((size) => plan[size] > 1)
    .map((size) => ({ ...plan, [size]: plan[size] - 1 }));
  return [...fewer, ...smaller];
}

/** Fate of one request: times of its arrival, of its answer and of its timeout; null: never. */
export interface Wire {
  arrivesMs: number | null;
  answersMs: number | null;
  failsMs: number | null;
}

/** Statements that count a send before it is made; without their answer nothing is sent. */
const BEFORE_A_SEND = new Set(["draft", "beginResend", "redraft"]);

/** Chooses the fate of a request to the store. */
export function storeWire(
  name: string,
  random: Random,
  kinds: ReadonlySet<FaultKind>,
  timeoutMs: number,
): Wire {
  const quick = { arrivesMs: random.int(1, 20), answersMs: random.int(1, 20), failsMs: null };
  if (kinds.has("struck answers") && BEFORE_A_SEND.has(name) && random.chance(0.5))
    return { arrivesMs: quick.arrivesMs, answersMs: null, failsMs: random.pick([50, timeoutMs]) };
  if (kinds.has("slow store") && random.chance(0.15)) {
    return { ...quick, arrivesMs: random.int(1, 2_500), answersMs: random.int(1, 2_500) };
  }
  if (kinds.has("lost answers of the store") && random.chance(0.08)) {
    const failsMs = random.chance(0.5) ? timeoutMs : random.int(20, timeoutMs);
    return { arrivesMs: random.chance(0.7) ? quick.arrivesMs : null, answersMs: null, failsMs };
  }
  if (kinds.has("late statements") && random.chance(0.08)) {
    return { arrivesMs: timeoutMs + random.int(1, 45_000), answersMs: null, failsMs: timeoutMs };
  }
  return quick;
}
