import type { IdentityChange } from "../../lib/types/inbound.ts";
import type { FaultKind } from "./faults.ts";
import type { Random } from "./random.ts";

/** A message in Meta's form, and its true author. */
export interface Written {
  customer: number;
  phoneNumberId: string;
  waMessageId: string;
  timestampMs: number;
  /** The message in Meta's webhook. */
  item: Record<string, unknown>;
  profileName: string;
}

/** A message to write. */
interface Writing extends Pick<Written, "customer" | "phoneNumberId" | "timestampMs"> {
  id: number;
  sentMs: number;
}

/** Names under which Meta may send one customer's messages. */
interface Names {
  phone: string | null;
  userId: string | null;
}

/** Values that any text field may contain. */
const HOSTILE_TEXTS = ["nul \0 nul", "half \ud83d", "\ud800", "\u202egnp.exe", `${"[".repeat(500)}`] as const;

/** The customers of a schedule, with their messages and names. */
export function createCustomers(random: Random, kinds: ReadonlySet<FaultKind>, startMs: number) {
  const changesAt = new Map<number, number>();
  /** Brazilian phones, which Meta spells now with, now without the ninth digit. */
  const phoneOf = (customer: number, message: number) =>
    `5511${message % 3 === 0 ? "9" : ""}8765432${customer}`;
  const idOf = (customer: number, changed: boolean) => `PE.${customer}${changed ? ".new" : ""}`;

  /** A customer may alternate between names; after a change only the new user id is left. */
  const namesAt = (customer: number, message: number, sentMs: number): Names => {
    const phone = phoneOf(customer, message);
    if (!kinds.has("identity changes")) return { phone, userId: null };
    const changed = sentMs >= startMs + (changesAt.get(customer) ?? Infinity);
    if (changed) return { phone: null, userId: idOf(customer, true) };
    const both = { phone, userId: idOf(customer, false) };
    return random.pick([both, both, { ...both, userId: null }]);
  };

  const words = (id: number): string => {
    if (kinds.has("hostile values") && random.chance(0.3)) return random.pick(HOSTILE_TEXTS);
    if (kinds.has("opt outs") && random.chance(0.25))
      return random.pick(["stop", "start", "¿cuánto cuesta?", "ya basta", "no"]);
    return `message ${id}`;
  };

  return {
    /** Writes a message; `sentMs` is the true time of its sending. */
    write({ id, customer, phoneNumberId, timestampMs, sentMs }: Writing): Written {
      const { phone, userId } = namesAt(customer, id, sentMs);
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

    /** The customer with this name; -1 for none. */
    ownerOf({ phone, waUserId }: { phone: string | null; waUserId: string | null }): number {
      const named = waUserId === null ? phone?.slice(-1) : /^PE\.(\d+)/.exec(waUserId)?.[1];
      return Number(named ?? -1);
    },

    /** Lets some customers change their user id, `atMs` after the start; Meta notifies each number. */
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
