/** What the model sees of a system's answer. */
import { cleanJson } from "../json/clean.ts";
import type { Json } from "../types/json.ts";
import type { DeclaredTool } from "../types/tools/declared.ts";
import { fits } from "./schema/validate.ts";

/** Longest answer that the model sees, in bytes of JSON: some 2,000 tokens. */
const MAX_SHOWN_BYTES = 8 * 1024;

/** The answer as the model may see it: what the system promised, picked, cleaned and cut; null when it breaks its promise. */
export async function shownAnswer(answer: Json, tool: DeclaredTool): Promise<{ shown: Json } | null> {
  const { schema, pick } = tool.answer ?? {};
  if (schema && !(await fits(schema, answer, "answer"))) return null;
  const picked = pick
    ? Object.fromEntries(
        Object.entries(pick).flatMap(([name, pointer]) => {
          const value = at(answer, pointer);
          return value === undefined ? [] : [[name, value]];
        }),
      )
    : answer;
  return { shown: cleanJson(picked, MAX_SHOWN_BYTES) };
}

/** Value at a JSON pointer (RFC 6901); `*` stands for each item of a list. Undefined when there is none. */
function at(value: Json, pointer: string): Json | undefined {
  if (pointer === "" || pointer === "/") return value;
  const keys = pointer.replace(/^\//, "").split("/");
  return follow(
    value,
    keys.map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~")),
  );
}

function follow(value: Json | undefined, keys: readonly string[]): Json | undefined {
  const [key, ...rest] = keys;
  if (key === undefined || value === undefined) return value;
  if (value === null || typeof value !== "object") return undefined;
  if (!Array.isArray(value)) return Object.hasOwn(value, key) ? follow(value[key], rest) : undefined;
  if (key === "*") return value.map((item) => follow(item, rest) ?? null);
  return /^\d{1,6}$/.test(key) ? follow(value[Number(key)], rest) : undefined;
}
