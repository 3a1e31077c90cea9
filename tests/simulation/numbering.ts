const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Writes `#1`, `#2`, … for ids, in the order in which they are seen. */
export function createNumbering(): (value: unknown) => unknown {
  const numbers = new Map<string, string>();
  return (value) =>
    JSON.parse(
      JSON.stringify(inOrder(value)).replaceAll(UUID, (id) => {
        const number = numbers.get(id) ?? `#${numbers.size + 1}`;
        numbers.set(id, number);
        return number;
      }),
    );
}

/** The same value with the keys of its objects in order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, inOrder(each)]));
}
