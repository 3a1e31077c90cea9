import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Role } from "../../contracts/console/access.ts";
import type { ConsoleDeps } from "../../lib/console/http/deps.ts";
import type { Access, Route } from "../../lib/console/http/route.ts";
import { ROUTES } from "../../lib/console/routes.ts";
import { everyThird } from "../support/seed.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";
import { company, hashOf, operator, session, visitor } from "./visitor.ts";

/** Who calls: nobody signed in, roles of the company, an owner of another one, sessions that have ended. */
const CALLERS = ["anonymous", "expired", "ended", "stranger", "viewer", "agent", "owner"] as const;
type Caller = (typeof CALLERS)[number];

const RANK: Record<Role, number> = { viewer: 0, agent: 1, owner: 2 };
const isRole = (name: string): name is Role => Object.hasOwn(RANK, name);

/** The refusal that a caller must get; null: whatever the handler answers. */
function refusal(access: Access, caller: Caller): { status: number; code: string } | null {
  if (access === "public") return null;
  if (["anonymous", "expired", "ended"].includes(caller)) return { status: 401, code: "signed_out" };
  if (access === "session") return null;
  if (caller === "stranger") return { status: 404, code: "not_found" };
  if (isRole(caller) && RANK[caller] < RANK[access]) return { status: 403, code: "role" };
  return null;
}

/** A body in which most routes find what they ask for. */
const body = () => ({
  ...{ id: randomUUID(), name: "Ana", language: "es", text: "hola", note: "hola", typing: true, until: null },
  ...{ tags: ["vip"], operatorId: null, from: null, role: "viewer", email: "eva@example.com", words: "hola" },
  ...{
    message: { kind: "text", text: "hola" },
    quoteWaMessageId: null,
    seenAt: Date.now(),
    shortcut: "hola",
  },
});

let world: World;
let tenantId: string;
let strangersId: string;
const ids: Partial<Record<Caller, string>> = {};

beforeAll(async () => {
  world = await startWorld();
  tenantId = await company(world, WORLD.phoneNumberId);
  strangersId = await company(world, "208812345678901");
  for (const role of ["viewer", "agent", "owner"] as const)
    ids[role] = (await operator(world, { role, email: `${role}@example.com`, tenantId })).id;
  ids.stranger = (
    await operator(world, { role: "owner", email: "stranger@example.com", tenantId: strangersId })
  ).id;
});
afterAll(() => world.close());

/** A fresh session for each call: some routes end it. */
async function tokenOf(caller: Caller): Promise<string | null> {
  if (caller === "anonymous") return null;
  const token = await session(world, ids[caller] ?? ids.owner ?? "");
  if (caller === "expired")
    await world.sql`update sessions set idle_ends_at = clock_timestamp() where encode(token_hash, 'hex') = ${hashOf(token)}`;
  if (caller === "ended")
    await world.sql`delete from sessions where encode(token_hash, 'hex') = ${hashOf(token)}`;
  return token;
}

const pathOf = ({ path }: Route<ConsoleDeps>, own: Record<string, string> = {}): string =>
  path.replace(/:(\w+)/g, (_, name: string) => own[name] ?? randomUUID());

interface Answer {
  status: number;
  code: string;
}

/** Calls a route; a stream is closed after its headers. */
async function call(
  route: Route<ConsoleDeps>,
  path: string,
  token: string | null,
  init: RequestInit = {},
): Promise<Answer> {
  const browser = visitor(world, token);
  const response = await (route.method === "GET"
    ? browser.get(path, init)
    : browser.post(path, body(), init));
  if (response.status < 400) {
    await response.body?.cancel();
    return { status: response.status, code: "" };
  }
  const { error } = (await response.json()) as { error: { code: string } };
  return { status: response.status, code: error.code };
}

describe.each(everyThird(ROUTES).map((route) => ({ name: `${route.method} ${route.path}`, route })))(
  "$name",
  ({ route }) => {
    test("is for those whom the table names, and for nobody else", async () => {
      for (const caller of CALLERS) {
        const answer = await call(route, pathOf(route, { tenant: tenantId }), await tokenOf(caller));
        const expected = refusal(route.access, caller);
        if (expected) expect(answer, caller).toEqual(expected);
        else {
          expect(answer.code, caller).not.toMatch(/^(signed_out|role|other_site)$/);
          expect(answer.status, caller).toBeLessThan(500);
        }
      }
    });

    if (route.method === "POST")
      test("takes no request of another site", async () => {
        const token = await tokenOf("owner");
        const own = { origin: world.url, "x-chasqui-console": "1" };
        const forged: Record<string, string>[] = [
          { ...own, origin: "" },
          { ...own, origin: "null" },
          { ...own, origin: "https://evil.example" },
          { ...own, origin: "https://evil.example", "x-forwarded-host": "evil.example" },
          { ...own, origin: `${world.url}.evil.example` },
          { ...own, "x-chasqui-console": "" },
          { ...own, "sec-fetch-site": "cross-site" },
        ];
        for (const headers of forged)
          expect(await call(route, pathOf(route, { tenant: tenantId }), token, { headers })).toEqual({
            status: 403,
            code: "other_site",
          });
      });

    const audit = "audit" in route ? route.audit : null;
    if (typeof audit === "string")
      test("leaves a line in the audit log before anything else", async () => {
        const before = await lines(audit as string);
        await call(route, pathOf(route, { tenant: tenantId }), await tokenOf("owner"));
        expect(await lines(audit as string)).toBe(before + 1);
      });
  },
);

const lines = async (act: string): Promise<number> => {
  const [row] = await world.sql<{ lines: number }>`
    select count(*)::int as lines from audit_log where act = ${act} and tenant_id = ${tenantId}::uuid`;
  return row?.lines ?? 0;
};

const OF_CONVERSATION = ROUTES.filter(({ path }) => path.includes("/conversations/:id"));

test("nobody reaches a conversation of another company through their own", async () => {
  const customer = world.customer("51930001001");
  await customer.send("hola");
  await world.drain();
  const [conversation] = await world.sql<{
    id: string;
  }>`select id from conversations where tenant_id = ${tenantId}::uuid`;
  const before = await stateOf(conversation?.id ?? "");
  for (const route of OF_CONVERSATION) {
    const path = pathOf(route, { tenant: strangersId, id: conversation?.id ?? "" });
    const { status } = await call(route, path, await tokenOf("stranger"));
    expect([400, 404, 409, 503], `${route.method} ${route.path}: ${status}`).toContain(status);
  }
  expect(await stateOf(conversation?.id ?? "")).toEqual(before);
});

/** Everything that hangs on a conversation, as text. */
const stateOf = (id: string) => world.sql`
  select to_jsonb(c) as conversation,
         (select count(*)::int from messages where conversation_id = c.id) as messages,
         (select count(*)::int from handoffs where conversation_id = c.id) as handoffs,
         (select count(*)::int from notes where conversation_id = c.id) as notes,
         (select count(*)::int from conversation_tags where conversation_id = c.id) as tags,
         (select count(*)::int from conversation_reads where conversation_id = c.id) as reads,
         (select count(*)::int from presence where conversation_id = c.id) as presence
    from conversations c where c.id = ${id}::uuid`;

test("every route of a company names an audit line or says that it needs none", () => {
  const without = ROUTES.filter((route) => route.path.startsWith("/t/") && !("audit" in route));
  expect(without).toEqual([]);
  const quiet = OF_CONVERSATION.filter((route) => "audit" in route && route.audit === null);
  // Marks for the operator's own eyes.
  expect(
    quiet
      .map(({ path }) => path.split("/").at(-1))
      .filter((name) => !["read", "presence"].includes(name ?? "")),
  ).toEqual([]);
});
