import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Invited, TeamMember } from "../../contracts/console/access.ts";
import { demoOwnerPath } from "../../fakes/console-link.ts";
import { type Ran, runHere, runToEnd } from "../support/program.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";
import { company, hashOf, operator, session, type Visitor, visitor } from "./visitor.ts";

// Programs of their own load for seconds when both cores are busy.
vi.setConfig({ testTimeout: 120_000 });

let world: World;
let tenantId: string;
let otherId: string;
let ana: Awaited<ReturnType<typeof operator>>;
const PASSWORD = "correct horse battery";

beforeAll(async () => {
  world = await startWorld();
  tenantId = await company(world, WORLD.phoneNumberId);
  otherId = await company(world, "208812345678901");
});
afterAll(() => world.close());
beforeEach(async () => {
  ana = await operator(world, { role: "owner", email: "ana@example.com", tenantId });
});
afterEach(async () => {
  await world.sql`delete from operators`;
  await world.sql`delete from invitations`;
});

const answer = async (response: Response) => {
  const body = response.status === 204 ? null : ((await response.json()) as { error?: { code: string } });
  return { status: response.status, code: body?.error?.code };
};
const tokenOf = (link: string) => link.slice(link.indexOf("#") + 1);
async function invited(email: string, role = "agent", by: Visitor = ana, to = tenantId): Promise<string> {
  const response = await by.post(`/t/${to}/invitations`, { email, role });
  expect(response.status).toBe(201);
  const { link } = (await response.json()) as Invited;
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/console\/invitation#[\w-]{43}$/);
  return tokenOf(link);
}
const accept = (token: string, body: object = {}, browser = visitor(world)) =>
  browser.post("/invitations/accept", { token, name: "Eva", password: PASSWORD, ...body });
const team = async (by: Visitor) => (await (await by.get(`/t/${tenantId}/operators`)).json()) as TeamMember[];

test("an invitation is accepted once, with a name and a password, and signs in", async () => {
  const token = await invited("Eva@Example.com");
  const look = await visitor(world).post("/invitations/look", { token });
  expect(await look.json()).toMatchObject({
    email: "eva@example.com",
    role: "agent",
    known: false,
    signsIn: false,
  });
  expect(await answer(await accept(token, { password: "1234567890" }))).toEqual({
    status: 400,
    code: "invalid",
  });
  const eva = visitor(world);
  const response = await accept(token, {}, eva);
  expect(await response.json()).toMatchObject({ name: "Eva", memberships: [{ tenantId, role: "agent" }] });
  expect((await eva.get("/session")).status).toBe(200);
  expect(await answer(await accept(token))).toEqual({ status: 410, code: "invitation_gone" });
  expect(
    (await visitor(world).post("/sign-in", { email: "eva@example.com", password: PASSWORD })).status,
  ).toBe(200);
});

test("two acceptances at once make one operator, one membership and one session", async () => {
  const token = await invited("eva@example.com");
  const answers = await Promise.all([accept(token), accept(token), accept(token)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410]);
  const [row] = await world.sql<{ operators: number; sessions: number }>`
    select (select count(*)::int from operators where email = 'eva@example.com') as operators,
           (select count(*)::int from sessions s join operators o on o.id = s.operator_id where o.email = 'eva@example.com') as sessions`;
  expect(row).toEqual({ operators: 1, sessions: 1 });
});

test("only its hash is stored, and an expired, withdrawn or replaced invitation is gone", async () => {
  const replaced = await invited("eva@example.com");
  const expired = await invited("eva@example.com");
  const [row] = await world.sql<{ found: number }>`
    select count(*)::int as found from invitations where encode(token_hash, 'hex') = ${hashOf(expired)} and not signs_in`;
  expect(row?.found).toBe(1);
  await world.sql`update invitations set expires_at = clock_timestamp()`;
  const withdrawn = await invited("leo@example.com");
  const id = (await team(ana)).find(({ email }) => email === "leo@example.com")?.invitationId;
  expect((await ana.post(`/t/${tenantId}/invitations/${id}/withdraw`)).status).toBe(204);
  for (const token of [replaced, expired, withdrawn, "x".repeat(43)]) {
    expect(await answer(await accept(token))).toEqual({ status: 410, code: "invitation_gone" });
    expect(await answer(await visitor(world).post("/invitations/look", { token }))).toMatchObject({
      status: 410,
    });
  }
});

test("whoever has an account enters its password: a link alone takes over nothing", async () => {
  await accept(await invited("eva@example.com"));
  const boss = await operator(world, { role: "owner", email: "boss@example.com", tenantId: otherId });
  const token = await invited("eva@example.com", "owner", boss, otherId);
  expect(await (await visitor(world).post("/invitations/look", { token })).json()).toMatchObject({
    known: true,
  });
  expect(await answer(await accept(token, { password: "another password" }))).toEqual({
    status: 401,
    code: "wrong_password",
  });
  const response = await accept(token);
  expect(await response.json()).toMatchObject({ memberships: [{ role: "agent" }, { role: "owner" }] });
});

test("a role changes and a removal holds at once, and the removed operator's session is over", async () => {
  const eva = await operator(world, { role: "agent", email: "eva@example.com", tenantId });
  const see = (path: string) => eva.get(`/t/${tenantId}/${path}`);
  expect((await see("audit")).status).toBe(403);
  expect((await ana.post(`/t/${tenantId}/operators/${eva.id}/role`, { role: "owner" })).status).toBe(204);
  expect((await see("audit")).status).toBe(200);
  await invited("sleeper@example.com", "owner", eva);
  expect((await ana.post(`/t/${tenantId}/operators/${eva.id}/remove`)).status).toBe(204);
  expect((await see("operators")).status).toBe(401);
  // What they left behind is gone too.
  expect((await team(ana)).map(({ email }) => email)).toEqual(["ana@example.com"]);
});

test.each([
  ["is removed", "remove", {}],
  ["may only look", "role", { role: "viewer" }],
])("the conversations of an operator who %s wait for another one", async (_, act, body) => {
  await world.customer("51930003001").send("hola");
  await world.drain();
  const eva = await operator(world, { role: "agent", email: "eva@example.com", tenantId });
  const read = () => world.sql<{ id: string; status: string; assignee: string | null; waits: boolean }>`
    select c.id, c.status, assignee_id as assignee,
           exists (select from handoffs where conversation_id = c.id and handed_back_at is null and taken_at is null) as waits
      from conversations c where tenant_id = ${tenantId}::uuid`;
  const [{ id } = { id: "" }] = await read();
  expect((await eva.post(`/t/${tenantId}/conversations/${id}/take`, {})).status).toBe(200);
  expect(await read()).toMatchObject([{ status: "human", assignee: eva.id, waits: false }]);
  expect((await ana.post(`/t/${tenantId}/operators/${eva.id}/${act}`, body)).status).toBe(204);
  expect(await read()).toMatchObject([{ status: "human", assignee: null, waits: true }]);
});

test("somebody removed from one of two companies keeps the other", async () => {
  const eva = await operator(world, { role: "agent", email: "eva@example.com", tenantId });
  await operator(world, { role: "agent", email: "eva@example.com", tenantId: otherId });
  expect((await ana.post(`/t/${tenantId}/operators/${eva.id}/remove`)).status).toBe(204);
  expect((await eva.get(`/t/${tenantId}/operators`)).status).toBe(404);
  expect((await eva.get(`/t/${otherId}/operators`)).status).toBe(200);
});

test("a company keeps its last owner, also when two owners remove each other at once", async () => {
  const path = `/t/${tenantId}/operators`;
  expect(await answer(await ana.post(`${path}/${ana.id}/remove`))).toEqual({
    status: 409,
    code: "last_owner",
  });
  expect(await answer(await ana.post(`${path}/${ana.id}/role`, { role: "agent" }))).toEqual({
    status: 409,
    code: "last_owner",
  });
  const eva = await operator(world, { role: "owner", email: "eva@example.com", tenantId });
  const outcomes = await Promise.all([
    ana.post(`${path}/${eva.id}/remove`),
    eva.post(`${path}/${ana.id}/remove`),
  ]);
  expect(outcomes.filter(({ status }) => status === 204)).toHaveLength(1);
  const [row] = await world.sql<{ owners: number }>`
    select count(*)::int as owners from memberships where tenant_id = ${tenantId}::uuid and role = 'owner'`;
  expect(row?.owners).toBe(1);
});

test("an owner reaches nobody of another company", async () => {
  const boss = await operator(world, { role: "owner", email: "boss@example.com", tenantId: otherId });
  await invited("eva@example.com");
  const invitation = (await team(ana)).find(({ invitationId }) => invitationId)?.invitationId;
  for (const path of [`operators/${ana.id}/remove`, `invitations/${invitation}/withdraw`])
    expect(await answer(await boss.post(`/t/${otherId}/${path}`))).toMatchObject({ status: 404 });
  expect(await team(ana)).toHaveLength(2);
});

test.each([
  ["no address", "eva"],
  ["two lines", "eva@example.com\nbcc: x@example.com"],
  ["a letter that looks like another", "\u0430na@example.com"],
  ["a mark that turns the writing", "ana\u202e@example.com"],
  ["markup", "<b>@example.com"],
  ["300 characters", `${"a".repeat(300)}@example.com`],
])("refuses an address with %s", async (_, email) => {
  const response = await ana.post(`/t/${tenantId}/invitations`, { email, role: "agent" });
  expect(await answer(response)).toEqual({ status: 400, code: "invalid" });
});

test("cleans a name, and says who is a member already", async () => {
  const eva = visitor(world);
  await accept(await invited("eva@example.com"), { name: "\u202e<b>Eva\u0007\n\u200b  Paz</b>" }, eva);
  expect((await team(eva)).map(({ name }) => name)).toEqual(["ana", "<b>Eva Paz</b>"]);
  const again = await ana.post(`/t/${tenantId}/invitations`, { email: "eva@example.com", role: "owner" });
  expect(await answer(again)).toEqual({ status: 409, code: "already_member" });
});

test("the link of npm run dev signs in once, as owner; the next start's replaces it", async () => {
  const first = tokenOf(await demoOwnerPath(world, WORLD.phoneNumberId));
  const second = tokenOf(await demoOwnerPath(world, WORLD.phoneNumberId));
  expect(await answer(await visitor(world).post("/invitations/accept", { token: first }))).toMatchObject({
    status: 410,
  });
  const response = await visitor(world).post("/invitations/accept", { token: second });
  expect(await response.json()).toMatchObject({ name: "Owner", memberships: [{ role: "owner" }] });
  expect(await answer(await visitor(world).post("/invitations/accept", { token: second }))).toMatchObject({
    status: 410,
  });
  expect(
    await answer(await visitor(world).post("/sign-in", { email: "owner@example.com", password: "" })),
  ).toMatchObject({ status: 401 });
});

test("npm run operator invites, lists, changes roles, resets and removes, and refuses what would lock the company out", async () => {
  const environment = {
    POSTGRES_URL: world.serverUrl ?? "",
    WHATSAPP_PHONE_NUMBER_ID: WORLD.phoneNumberId,
    PUBLIC_URL: "https://bot.example.com/",
  };
  const told = ({ code, stdout, stderr }: Ran) => ({ code, text: code === 0 ? stdout : stderr });
  const run = async (...args: string[]) => told(await runHere("scripts/operator.ts", args, environment));
  const invitation = ["invite", "Eva@example.com", "--role", "agent"];
  const invite = told(await runToEnd("scripts/operator.ts", invitation, environment));
  expect(invite).toEqual({ code: 0, text: expect.anything() });
  const [, token = ""] =
    /^ {2}https:\/\/bot\.example\.com\/console\/invitation#([\w-]{43})$/m.exec(invite.text) ?? [];
  const eva = visitor(world);
  expect((await accept(token, {}, eva)).status).toBe(200);

  const reset = await run("reset", "eva@example.com");
  const [, fresh = ""] = /#([\w-]{43})$/m.exec(reset.text) ?? [];
  expect(await (await visitor(world).post("/invitations/look", { token: fresh })).json()).toMatchObject({
    known: false,
  });
  expect((await accept(fresh, { password: "a new password 1" })).status).toBe(200);
  expect((await eva.get("/session")).status).toBe(401);
  expect(
    (await visitor(world).post("/sign-in", { email: "eva@example.com", password: PASSWORD })).status,
  ).toBe(401);

  expect((await run("list")).text).toMatch(/ana@example\.com +owner .*\neva@example\.com +agent +Eva/);
  expect(await run("role", "eva@example.com", "--role", "viewer")).toMatchObject({
    code: 0,
    text: "eva@example.com is viewer of Tambo now.\n",
  });
  for (const refused of [
    ["remove", "ana@example.com"],
    ["role", "ana@example.com", "--role", "agent"],
  ])
    expect(await run(...refused)).toMatchObject({ code: 1, text: expect.stringContaining("only owner") });
  expect((await team(ana)).map(({ role }) => role)).toEqual(["owner", "viewer"]);
  expect(await run("role", "leo@example.com", "--role", "agent")).toMatchObject({
    code: 1,
    text: expect.stringContaining("invite them"),
  });
  expect(await run("remove", "eva@example.com")).toMatchObject({ code: 0 });
  expect(await run("reset", "eva@example.com")).toMatchObject({
    code: 1,
    text: expect.stringContaining("invite them"),
  });
  expect(await run("invite", "eva", "--role", "agent")).toMatchObject({
    code: 1,
    text: "eva is no e-mail address.\n",
  });
  expect(await run("invite", "eva@example.com")).toMatchObject({ code: 2 });
  expect(await run("role", "eva@example.com")).toMatchObject({ code: 2 });
  const acts = await world.sql<{
    act: string;
  }>`select act from audit_log where operator_email = 'npm run operator' order by id`;
  expect(acts.map(({ act }) => act)).toEqual([
    ...["operator.invite", "operator.reset", "operator.role", "operator.remove", "operator.role"],
    ...["operator.remove", "operator.reset"],
  ]);
});

test("a session of somebody whose company is deleted sees nothing", async () => {
  const third = await company(world, "300000000000001");
  const leo = await operator(world, { role: "owner", email: "leo@example.com", tenantId: third });
  await world.sql`delete from tenants where id = ${third}::uuid`;
  expect((await visitor(world, await session(world, leo.id)).get(`/t/${third}/operators`)).status).toBe(404);
});
