import { z } from "zod";
import type { ListName } from "../../../contracts/console/inbox.ts";
import type { ListPlace } from "../../types/console/inbox.ts";
import { Refusal } from "../http/route.ts";

const LISTS = ["waiting", "mine", "bot", "snoozed", "flagged", "closed", "all"] as const satisfies ListName[];
const cursor = z
  .string()
  .regex(/^-?\d{1,17}_[0-9a-f-]{36}$/)
  .transform((text): ListPlace => {
    const [at = "", id = ""] = text.split("_");
    return { at, id };
  })
  .refine(({ id }) => isUuid(id));

const uuid = z.guid();

/** True for the id of a row. */
export const isUuid = (text: string): boolean => uuid.safeParse(text).success;

/** The id at this name of the address; 404 for what cannot be one. */
export function idIn(params: Readonly<Record<string, string>>, name: string): string {
  const id = params[name] ?? "";
  if (!isUuid(id)) throw notFound();
  return id;
}

/** The same answer for what does not exist and what belongs to somebody else. */
export const notFound = (): Refusal => new Refusal(404, "not_found", "There is no such conversation.");

const listQuery = z.object({
  list: z.enum(LISTS).default("all"),
  tag: z.string().min(1).max(64).nullable().default(null),
  after: cursor.nullable().default(null),
});

/** `list`, `tag` and `after` of an address. Throws Refusal (400). */
export function listQueryIn(query: URLSearchParams): z.output<typeof listQuery> {
  const given = Object.fromEntries(["list", "tag", "after"].flatMap((name) => pair(name, query.get(name))));
  const read = listQuery.safeParse(given);
  if (read.success) return read.data;
  const names = read.error.issues.map(({ path }) => path[0]).join(", ");
  throw new Refusal(400, "invalid", `Not a list, tag or cursor: ${names}.`);
}

const pair = (name: string, value: string | null): [string, string][] =>
  value === null || value === "" ? [] : [[name, value]];
