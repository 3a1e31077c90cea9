import fc from "fast-check";

const deep = (levels: number): unknown => JSON.parse(`${'{"a":['.repeat(levels)}1${"]}".repeat(levels)}`);

/** Values of every kind that do harm somewhere. */
export const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    1e300,
    Number.MAX_SAFE_INTEGER,
    "",
    "\0",
    "\ud800",
    "x".repeat(40_000),
    [],
    {},
    [[]],
    "__proto__",
    deep(100),
    Array(3_000).fill({ id: "1" }),
    Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`key ${index}`, "v".repeat(40)])),
  ),
  fc.jsonValue(),
  fc.string({ unit: "binary" }),
);

/** Mutation at one place of a value. */
type Damage = { place: number; how: number; value: unknown };

/** One to four damages. */
export const places: fc.Arbitrary<Damage[]> = fc.array(
  fc.record({ place: fc.nat(10_000), how: fc.nat(9), value: odd }),
  { minLength: 1, maxLength: 4 },
);

/** The value retyped, as careless senders do. */
const RETYPED: readonly ((value: unknown) => unknown)[] = [
  (value) => [value],
  (value) => ({ ...(Array.isArray(value) ? value : [value]) }),
  (value) => (typeof value === "string" ? Number(value) : typeof value === "object" ? null : String(value)),
  (value) => JSON.stringify(value),
  (value) => (Array.isArray(value) ? value[0] : [value, value]),
];

/** `root` with the value at each place removed, replaced or retyped. */
export function mutate(root: unknown, damages: readonly Damage[]): unknown {
  for (const { place, how, value } of damages) {
    const holders = holdersIn(root);
    const target = holders[place % Math.max(holders.length, 1)];
    if (!target) return value;
    const retype = RETYPED[how];
    if (how === 9) Reflect.deleteProperty(...target);
    else Reflect.set(...target, retype ? retype(Reflect.get(...target)) : structuredClone(value));
  }
  return root;
}

/** Every object and array inside `root` with every key of it. */
function holdersIn(root: unknown): [object, string][] {
  const holders: [object, string][] = [];
  const waiting: unknown[] = [root];
  for (let next = waiting.pop(); waiting.length > 0 || next !== undefined; next = waiting.pop()) {
    if (typeof next !== "object" || next === null) continue;
    for (const [key, value] of Object.entries(next)) {
      holders.push([next, key]);
      waiting.push(value);
    }
  }
  return holders;
}

/** `value` with the keys of every object turned round by `turn`, and one unknown key more in it. */
export function reshape(value: unknown, turn: number, extra: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => reshape(item, turn, extra));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, reshape(item, turn, extra)] as const);
  // An empty object, and one that stands for a list, would become something else.
  if (entries.length === 0 || entries.every(([key]) => /^\d+$/.test(key))) return Object.fromEntries(entries);
  const at = turn % entries.length;
  return Object.fromEntries([
    ...entries.slice(at),
    ["x_of_the_future", extra] as const,
    ...entries.slice(0, at),
  ]);
}
