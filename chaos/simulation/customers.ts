import type { IdentityChange } from "../../lib/types/inbound.ts";
import type { FaultKind } from "./faults.ts";
import type { Random } from "./random.ts";

/** A message as Meta words it, and who really wrote it. */
export interface Written {
  customer: number;
  phoneNumberId: string;
  waMessageId: string;
  timestampMs: number;
  /** As in Meta's webhook. */
  item: Record<string, unknown>;
  profileName: string;
}

/** Names under which Meta may send one customer's messages. */
interface Names {
  phone: string | null;
  userId: string | null;
}

/** Values that somebody may put into any text field. */
const HOSTILE_TEXTS = ["nul \0 nul", "half \ud83d", "\ud800", "\u202egnp.exe", `${"[".repeat(500)}`] as const;

/** The customers of a schedule: what they write, and under which names. */
export function createCustomers(random: Random, kinds: ReadonlySet<FaultKind>, startMs: number) {
  const changesAt = new Map<number, number>();
  const phoneOf = (customer: number) => `5191234567${customer}`;
  const idOf = (customer: number, changed: boolean) => `PE.${customer}${changed ? ".new" : ""}`;

  /** One customer may alternate between shapes; a new user id is all that is left after a change. */
  const namesAt = (customer: number, sentMs: number): Names => {
    if (!kinds.has("identity changes")) return { phone: phoneOf(customer), userId: null };
    const changed = sentMs >= startMs + (changesAt.get(customer) ?? Infinity);
    if (changed) return { phone: null, userId: idOf(customer, true) };
    const both = { phone: phoneOf(customer), userId: idOf(customer, false) };
    return random.pick([both, both, { ...both, userId: null }]);
  };

  const words = (id: number): string => {
    if (kinds.has("hostile values") && random.chance(0.3)) return random.pick(HOSTILE_TEXTS);
    if (kinds.has("opt outs") && random.chance(0.25)) return random.pick(["stop", "start"]);
    return `message ${id}`;
  };

  return {
    write(id: number, customer: number, phoneNumberId: string, timestampMs: number, sentMs: number): Written {
      const { phone, userId } = namesAt(customer, sentMs);
      const waMessageId = `wamid.in.${id}`;
      const item = {
        ...(phone !== null && { from: phone }),
        ...(userId !== null && { from_user_id: userId }),
        id: waMessageId,
        timestamp: String(timestampMs / 1000),
        type: "text",
        text: { body: words(id) },
      };
      const profileName =
        kinds.has("hostile values") && random.chance(0.2)
          ? random.pick(HOSTILE_TEXTS)
          : `Customer ${customer}`;
      return { customer, phoneNumberId, waMessageId, timestampMs, item, profileName };
    },

    /** The customer who has this name; -1 for nobody. */
    ownerOf({ phone, waUserId }: { phone: string | null; waUserId: string | null }): number {
      const named = waUserId === null ? phone?.slice(-1) : /^PE\.(\d+)/.exec(waUserId)?.[1];
      return Number(named ?? -1);
    },

    /** Some customers change their user id, `atMs` after the start; Meta tells each number of it. */
    changes(customers: number, withinMs: number, numbers: readonly string[]) {
      if (!kinds.has("identity changes")) return [];
      return Array.from({ length: customers }, (_, index) => index + 1)
        .filter(() => random.chance(0.6))
        .map((customer) => {
          const atMs = random.int(0, withinMs);
          changesAt.set(customer, atMs);
          const change = (phoneNumberId: string): IdentityChange => ({
            phoneNumberId,
            phone: { previous: null, current: null },
            userId: { previous: idOf(customer, false), current: idOf(customer, true) },
            timestampMs: startMs + atMs,
          });
          return { atMs, events: numbers.map(change) };
        });
    },
  };
}
