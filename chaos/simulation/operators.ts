import { run } from "../../lib/turn/run.ts";
import type { InboxDeps } from "../../lib/webhook/context.ts";
import { storeWire } from "./faults.ts";
import type { Process } from "./loop.ts";
import type { Surroundings } from "./machine.ts";
import { request } from "./network.ts";
import type { Press } from "./store/operators.ts";

/** Times of an operator's statements at the console. */
const TIMEOUT_MS = 5_000;
const NAMES = ["ana", "luis"] as const;

/** Calls the console on some machine. */
type Call = (name: string, work: (deps: InboxDeps, process: Process) => Promise<unknown>) => void;

/** Operators take conversations, write, give back and close: each at its own time, and a press as often as they like. */
export function operatorsAct(around: Surroundings, call: Call, untilMs: number): void {
  const { loop, random, store } = around;
  for (let times = random.int(1, 6); times > 0; times--) {
    loop.after(random.int(0, untilMs), () => {
      const { conversations } = store.tables;
      const conversation = conversations[random.int(0, conversations.length - 1)];
      if (conversation) act(around, call, conversation.id);
    });
  }
}

function act(around: Surroundings, call: Call, conversationId: string): void {
  const { random, trace } = around;
  const operator = random.pick(NAMES);
  const what = random.pick(["take", "write", "write", "write", "give back", "close"] as const);
  trace(() => `${operator} will ${what} ${conversationId}`);
  const own = { id: `press-${random.int(1, 1e9)}`, conversationId, operator };
  if (what === "write") press(around, call, own);
  else call("console", (_deps, process) => ask(around, process, () => statement(around, what, own)));
}

function statement({ audit, store }: Surroundings, what: "take" | "give back" | "close", own: Press): void {
  const { conversationId, operator } = own;
  if (what === "take") {
    if (audit.statement(() => store.take(conversationId, operator))) audit.taken(conversationId, operator);
  } else if (audit.statement(() => store.giveBack(conversationId, operator))) audit.givenBack(conversationId);
}

/** The page sends a press again when it gets no answer, and people press again. */
function press(around: Surroundings, call: Call, own: Press): void {
  const { loop, random, audit, store } = around;
  const times = random.pick([1, 1, 2, 3]);
  for (let time = 0; time < times; time++) {
    loop.after(time === 0 ? 0 : random.int(0, 8_000), () =>
      call("console", async (deps, process) => {
        const pressed = await ask(around, process, () => {
          const done = audit.statement(() => store.sendAsOperator(own));
          if (done.outcome === "stored") audit.pressed(own, done);
          return done.outcome;
        });
        if (pressed !== "refused") await run(own.conversationId, deps);
      }),
    );
  }
}

/** One statement of the console. */
function ask<T>(around: Surroundings, process: Process, effect: () => T): Promise<T> {
  const { loop, random, kinds } = around;
  const lost = { arrivesMs: null, answersMs: null, failsMs: TIMEOUT_MS };
  const wire = around.storeDown() ? lost : storeWire("console", random, kinds(), TIMEOUT_MS);
  return request(loop, process, wire, effect);
}
