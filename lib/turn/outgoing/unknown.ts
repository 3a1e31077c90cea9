import { addressesIn, blank } from "./addresses.ts";
import { type Facts, isKnownAddress } from "./facts.ts";
import { isKnownPhone, phonesIn } from "./phones.ts";
import { type Seen, see } from "./seen.ts";

/** A stretch of the source that must not be sent unchanged. */
export interface Unknown {
  start: number;
  end: number;
  /** `joint`: two sentences without a space between, which a phone would show as an address. */
  kind: "address" | "phone" | "joint";
}

/** Addresses and phone numbers that are not among the company's facts, in order. */
export function unknownIn(source: string, facts: () => Facts): Unknown[] {
  const seen = see(source);
  const addresses = addressesIn(seen);
  const phones = phonesIn({ ...seen, text: blank(seen.text, addresses) });
  if (addresses.length + phones.length === 0) return [];
  const known = facts();
  return [
    ...addresses
      .map((found) => ({ ...placed(found, seen, source), of: found.kind }))
      .filter(({ start, end, of }) => !isKnownAddress(of, source.slice(start, end), known))
      .map(({ start, end, of }): Unknown => ({ start, end, kind: of === "joint" ? "joint" : "address" })),
    ...phones
      .filter(({ digits }) => !isKnownPhone(digits, known.phones))
      .map((found): Unknown => ({ ...placed(found, seen, source), kind: "phone" })),
  ].sort((one, other) => one.start - other.start);
}

/** The stretch in the source; it ends with its own last character, not with marks behind it. */
function placed({ start, end }: { start: number; end: number }, { at }: Seen, source: string) {
  const last = at(end - 1);
  const [character = ""] = /^.\uFE0F?\u20E3?/su.exec(source.slice(last, last + 4)) ?? [];
  return { start: at(start), end: last + character.length };
}
