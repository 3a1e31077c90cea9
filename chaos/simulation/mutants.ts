import type { InboxDeps } from "../../lib/webhook/context.ts";
import { messageKeyOf } from "../../lib/whatsapp/inbound/message-key.ts";
import type { StoreBug } from "./store/tables.ts";

/** A mistake put in on purpose, to see that the simulation finds it. */
export interface Mutant {
  name: string;
  /** Hundreds of schedules go by before it shows itself. */
  rare?: boolean;
  storeBugs?: readonly StoreBug[];
  /** The engine's world, changed. */
  engine?: (deps: InboxDeps) => InboxDeps;
}

const storeMutant = (bug: StoreBug): Mutant => ({ name: bug, storeBugs: [bug] });

/** The mistakes that these promises are most easily broken by. */
export const MUTANTS: readonly Mutant[] = [
  storeMutant("claim without a new epoch"),
  storeMutant("epoch not checked"),
  storeMutant("release without a second look"),
  storeMutant("resend of what is settled"),
  storeMutant("earlier sends forgotten"),
  storeMutant("ended turns tried again"),
  { ...storeMutant("nobody told of a settled reply"), rare: true },
  storeMutant("drafts sent whoever has the conversation"),
  { ...storeMutant("names that cannot change yet are refused"), rare: true },
  storeMutant("one id for all numbers"),
  { ...storeMutant("told of a wait again and again"), rare: true },
  storeMutant("a press written down twice"),
  storeMutant("the bot goes on beside an operator"),
  { ...storeMutant("an operator's message answers nothing"), rare: true },
  storeMutant("sent in a colleague's conversation"),
  storeMutant("an operator's words withheld as the bot's"),
  { name: "answered although nobody confirmed it", engine: answeredUnconfirmed },
  { name: "written down as it came", engine: rawRecord },
  { name: "marked as stored before it is stored", engine: markBeforeStoring },
  { name: "sent before it is written down", engine: sendBeforeDraft },
  { name: "plain form sent before it is written down", engine: plainFormUnstored },
  { name: "nobody called for a refused reply", engine: refusedInSilence },
  { name: "sent again without waiting for the report", engine: resendAtOnce },
  { name: "sent without a look at the lease", engine: sendPastLease, rare: true },
];

/** An old mistake: a send is counted before it is made, and one counted twice was taken for sent. */
function answeredUnconfirmed(deps: InboxDeps): InboxDeps {
  const { store } = deps;
  const finish: typeof store.finish = (input) =>
    store.finish(input.reason === "unconfirmed" ? { ...input, result: "answered", reason: null } : input);
  return { ...deps, store: { ...store, finish } };
}

/** A model's own count of its tokens, which no column holds. */
function rawRecord(deps: InboxDeps): InboxDeps {
  const { store } = deps;
  const draft: typeof store.draft = (input) =>
    store.draft({ ...input, record: { ...input.record, inputTokens: 12.5 } });
  return { ...deps, store: { ...store, draft } };
}

function markBeforeStoring(deps: InboxDeps): InboxDeps {
  const { inbox, cache } = deps;
  return {
    ...deps,
    inbox: {
      ...inbox,
      receive: async (batch) => {
        await cache.markStored(batch.messages.map(messageKeyOf));
        return inbox.receive(batch);
      },
    },
  };
}

function sendBeforeDraft(deps: InboxDeps): InboxDeps {
  const { store, channel } = deps;
  const sent = new Map<string, string>();
  return {
    ...deps,
    store: {
      ...store,
      async draft(input) {
        for (const { id, quoteWaMessageId } of input.parts) {
          const to = { phone: "51912345671", waUserId: null };
          const message = { kind: "template", name: "hello", languageCode: "es" } as const;
          const outbound = { phoneNumberId: "100", to, message, quoteWaMessageId, opaqueId: id };
          const result = await channel.send(outbound, 10_000);
          if (result.outcome === "accepted") sent.set(id, result.waMessageId);
        }
        return store.draft(input);
      },
    },
    channel: {
      ...channel,
      send: (outbound, deadlineMs) => {
        const waMessageId = sent.get(outbound.opaqueId);
        return waMessageId === undefined
          ? channel.send(outbound, deadlineMs)
          : Promise.resolve({ outcome: "accepted", waMessageId, attempts: 1 });
      },
    },
  };
}

function plainFormUnstored(deps: InboxDeps): InboxDeps {
  const redraft = () => Promise.resolve({ leaseHeld: true, maySend: true, redrafted: true });
  return { ...deps, store: { ...deps.store, redraft } };
}

/** As it was: a reply refused for good was a dead letter, and the customer waited. */
function refusedInSilence(deps: InboxDeps): InboxDeps {
  const { store } = deps;
  const finish: typeof store.finish = (input) =>
    store.finish({ ...input, effects: input.effects.filter((effect) => effect !== "call_operator") });
  return { ...deps, store: { ...store, finish } };
}

function resendAtOnce(deps: InboxDeps): InboxDeps {
  return { ...deps, limits: { ...deps.limits, statusWaitMs: 0 } };
}

/** A holder whose clock stands still, so that its lease never seems to end. */
function sendPastLease(deps: InboxDeps): InboxDeps {
  const nowMs = deps.clock.now();
  return { ...deps, clock: { ...deps.clock, now: () => nowMs, steady: () => nowMs } };
}
