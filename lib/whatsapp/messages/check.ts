import type { OutboundMessage } from "../../types/outbound.ts";

/** A message that Meta would refuse: the field, the limit and the fix, without any text of the message. */
export class MessageLimitError extends Error {
  readonly code = "message_limit";
  readonly kind: OutboundMessage["kind"];
  /** E.g. `buttons[1].title`. */
  readonly field: string;
  /** Largest number allowed, or the rule in words. */
  readonly limit: number | string;
  /** Number found, or a description of the value. */
  readonly actual: number | string;

  constructor({ kind, field, limit, actual }: Problem, advice: string) {
    const most = typeof limit === "number" ? `at most ${limit}` : limit;
    super(`${kind} message, ${field}: ${most} allowed, ${actual} found. ${advice}`);
    this.name = "MessageLimitError";
    this.kind = kind;
    this.field = field;
    this.limit = limit;
    this.actual = actual;
  }
}

/** Longest address parsed; host names with many accents take quadratic time. */
const MAX_LINK = 4_096;

interface Problem {
  kind: OutboundMessage["kind"];
  field: string;
  limit: number | string;
  actual: number | string;
}

/** Checks the fields of one message; every method returns the value or throws a `MessageLimitError`. */
export class Check {
  readonly #kind: OutboundMessage["kind"];

  constructor(kind: OutboundMessage["kind"]) {
    this.#kind = kind;
  }

  refuse(field: string, limit: number | string, actual: number | string, advice: string): never {
    throw new MessageLimitError({ kind: this.#kind, field, limit, actual }, advice);
  }

  /** Refuses empty and blank texts, as Meta does. */
  text(field: string, value: string, max = Number.POSITIVE_INFINITY): string {
    if (value.trim() === "") this.refuse(field, "a text", "none", "Give it one, or leave the field out.");
    if (value.length > max) this.refuse(field, max, value.length, "Shorten it; lengths are in UTF-16 units.");
    return value;
  }

  count<T>(field: string, items: readonly T[], max: number): readonly T[] {
    if (items.length === 0) this.refuse(field, "one or more", 0, "Give at least one.");
    if (items.length > max) this.refuse(field, max, items.length, "Send fewer, or split them over messages.");
    return items;
  }

  unique(field: string, values: readonly string[]): void {
    const repeated = values.length - new Set(values).size;
    if (repeated > 0) this.refuse(field, "each once", `${repeated} repeated`, "Make them differ.");
  }

  /** Refuses white space around an id that comes back with a tap, as Meta does. */
  id(field: string, value: string, max = Number.POSITIVE_INFINITY): string {
    if (value !== value.trim()) this.refuse(field, "no white space around it", "white space", "Trim it.");
    return this.text(field, value, max);
  }

  link(field: string, value: string, schemes: readonly string[]): string {
    if (value.length > MAX_LINK) this.refuse(field, MAX_LINK, value.length, "Give a shorter address.");
    const scheme = URL.canParse(value) && !/\s/.test(value) ? new URL(value).protocol.slice(0, -1) : "";
    if (!schemes.includes(scheme))
      this.refuse(field, `${schemes.join(" or ")} addresses`, nameOf(scheme), "Give a whole address.");
    return value;
  }

  within(field: string, value: number, bound: number): number {
    if (!(Math.abs(value) <= bound))
      this.refuse(field, `-${bound} to ${bound}`, "a number outside", "Give decimal degrees.");
    return value;
  }
}

/** Names only common schemes; any other could be text of the message before a colon. */
function nameOf(scheme: string): string {
  return ["http", "https", "data", "blob", "file", "javascript", "mailto", "tel"].includes(scheme)
    ? scheme
    : "no such address";
}
