import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { create as createConsole } from "../../api/console/[...path].ts";
import { parseEnv } from "../../lib/config/env.ts";
import { createPasswords } from "../../lib/console/access/passwords.ts";
import { OWN_HEADER } from "../../lib/console/http/admit.ts";
import { PASSWORD_ROUNDS, startWorld, WORLD, type World } from "../support/world.ts";
import { company, hashOf, operator, session, visitor } from "./visitor.ts";

let world: World;
let tenantId: string;
const PASSWORD = "correct horse battery";
const WRONG = {
  error: { code: "wrong_sign_in", message: "The e-mail address or the password is not right." },
};

beforeAll(async () => {
  world = await startWorld({ endpoints: true });
  tenantId = await company(world, WORLD.phoneNumberId);
});
afterAll(() => world.close());

let ana: Awaited<ReturnType<typeof operator>>;
beforeEach(async () => {
  ana = await operator(world, { role: "owner", email: "ana@example.com", tenantId });
  todays ??= passwords.hash(PASSWORD);
  await setPassword(todays);
});
afterEach(async () => {
  vi.restoreAllMocks();
  world.upstash.setFault(null);
  await world.sql`delete from operators`;
  await world.sql`delete from invitations`;
});

const passwords = createPasswords(PASSWORD_ROUNDS);
/** The password as stored. */
let todays: Promise<string> | null = null;
const setPassword = async (hashed: Promise<string>) => {
  await world.sql`update operators set password = ${await hashed} where id = ${ana.id}::uuid`;
};
const errorOf = async (response: Response) => {
  const { error } = (await response.json()) as { error: { code: string; message: string } };
  return { status: response.status, code: error.code };
};

test("signs in by e-mail address and password, with a cookie that no script and no other host can touch", async () => {
  const browser = visitor(world);
  const response = await browser.post("/sign-in", { email: " ANA@example.com ", password: PASSWORD });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    email: "ana@example.com",
    memberships: [{ tenantId, role: "owner" }],
  });
  const [cookie = ""] = response.headers.getSetCookie();
  expect(cookie).toMatch(
    /^__Host-chasqui_session=[\w-]{43}; Max-Age=2592000; Path=\/; Secure; HttpOnly; SameSite=Lax$/,
  );
  expect((await browser.get("/session")).status).toBe(200);
  const stored = await world.sql<{ kept: boolean }>`
    select exists (select from sessions where encode(token_hash, 'hex') = ${hashOf(browser.token() ?? "")}) as kept`;
  expect(stored).toEqual([{ kept: true }]);
});

test("a sign-in ends the session that the browser had", async () => {
  const browser = visitor(world, ana.token());
  const old = visitor(world, ana.token());
  expect((await browser.post("/sign-in", { email: "ana@example.com", password: PASSWORD })).status).toBe(200);
  expect(browser.token()).not.toBe(old.token());
  expect((await old.get("/session")).status).toBe(401);
});

function watchRounds() {
  const derive = vi.spyOn(crypto.subtle, "deriveBits");
  const rounds = () => derive.mock.calls.reduce((sum, [how]) => sum + (how as Pbkdf2Params).iterations, 0);
  return { derive, rounds };
}

test("where a platform says nothing, a password takes 600,000 rounds", async () => {
  const env = parseEnv(world.environment);
  const handle = createConsole({ env: () => env, waitUntil: () => {}, clientAddress: () => "127.0.0.1" });
  const { rounds } = watchRounds();
  const response = await handle(
    new Request(`${world.url}/api/console/sign-in`, {
      method: "POST",
      headers: { origin: world.url, [OWN_HEADER]: "1" },
      body: JSON.stringify({ email: "nobody@example.com", password: "wrong password" }),
    }),
  );
  expect([response.status, rounds()]).toEqual([401, 600_000]);
});

test("an unknown account, one without a password and a wrong password cost one derivation of all rounds and get one answer", async () => {
  await operator(world, { role: "viewer", email: "bare@example.com", tenantId });
  const { derive, rounds } = watchRounds();
  for (const email of [
    "nobody@example.com",
    "bare@example.com",
    "ana@example.com",
    "not an address",
    "ana@example.com\u0000x",
  ]) {
    derive.mockClear();
    const response = await visitor(world).post("/sign-in", { email, password: "wrong password" });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject(WRONG);
    expect(rounds(), email).toBe(PASSWORD_ROUNDS);
  }
});

test("a password of older days costs the same, and is stored anew with today's rounds", async () => {
  await setPassword(createPasswords(100).hash(PASSWORD));
  const { rounds } = watchRounds();
  await visitor(world).post("/sign-in", { email: "ana@example.com", password: "wrong password" });
  expect(rounds()).toBe(PASSWORD_ROUNDS);
  expect(
    (await visitor(world).post("/sign-in", { email: "ana@example.com", password: PASSWORD })).status,
  ).toBe(200);
  const [row] = await world.sql<{
    password: string;
  }>`select password from operators where id = ${ana.id}::uuid`;
  expect(row?.password).toMatch(/^pbkdf2-sha256\$1000\$/);
  expect(
    (await visitor(world).post("/sign-in", { email: "ana@example.com", password: PASSWORD })).status,
  ).toBe(200);
});

test("a password is the same however its letters are composed", async () => {
  const stored = await passwords.hash("contraseña larga".normalize("NFD"));
  await world.sql`update operators set password = ${stored} where id = ${ana.id}::uuid`;
  const password = "contraseña larga".normalize("NFC");
  expect((await visitor(world).post("/sign-in", { email: "ana@example.com", password })).status).toBe(200);
});

/** Fills a counter, so that a test needs no ten derivations. */
async function fill(name: string, count: number): Promise<void> {
  const key = createHash("sha256")
    .update(`${world.environment.KV_REST_API_TOKEN}\n${name}`)
    .digest("hex")
    .slice(0, 32);
  const response = await fetch(world.environment.KV_REST_API_URL ?? "", {
    method: "POST",
    headers: { authorization: `Bearer ${world.environment.KV_REST_API_TOKEN}` },
    body: JSON.stringify(["SET", `chasqui:tries:${key}`, String(count), "PX", "600000"]),
  });
  expect(response.status).toBe(200);
}

test("after ten failures an account waits, known or not, whatever address is claimed; others do not", async () => {
  for (const email of ["ana@example.com", "nobody@example.com"]) {
    await fill(`account ${email}`, 10);
    const response = await visitor(world).post(
      "/sign-in",
      { email, password: PASSWORD },
      { headers: { "x-forwarded-for": "203.0.113.9", "x-real-ip": "203.0.113.9" } },
    );
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(500);
    expect(await errorOf(response)).toEqual({ status: 429, code: "too_many" });
    await fill(`account ${email}`, 0);
  }
  await fill("account ana@example.com", 9);
  expect(
    (await visitor(world).post("/sign-in", { email: "ana@example.com", password: PASSWORD })).status,
  ).toBe(200);
  // A success is taken back: the next failure is the tenth again.
  expect(
    (await visitor(world).post("/sign-in", { email: "ana@example.com", password: PASSWORD })).status,
  ).toBe(200);
});

test("after thirty failures an address waits, whatever headers it sends, and uses up no account's attempts", async () => {
  await fill("guess 127.0.0.1", 30);
  await fill("account ana@example.com", 9);
  const body = { email: "ana@example.com", password: "wrong password" };
  for (const headers of [{}, { "x-real-ip": "203.0.113.9" }, { forwarded: "for=203.0.113.9" }])
    expect(await errorOf(await visitor(world).post("/sign-in", body, { headers }))).toMatchObject({
      status: 429,
    });
  await fill("guess 127.0.0.1", 0);
  expect(await errorOf(await visitor(world).post("/sign-in", body))).toMatchObject({ status: 401 });
  await fill("account ana@example.com", 0);
});

test("without the cache people sign in, and guesses are still counted", async () => {
  world.upstash.setFault(() => ({ status: 503 }));
  expect(
    (await visitor(world).post("/sign-in", { email: "ana@example.com", password: PASSWORD })).status,
  ).toBe(200);
  // Nothing is derived for the guesses: they are refused and counted, however long each takes.
  vi.spyOn(crypto.subtle, "deriveBits").mockImplementation(async () => new ArrayBuffer(32));
  const statuses: number[] = [];
  for (let guess = 0; guess < 11; guess++) {
    const response = await visitor(world).post("/sign-in", { email: "guessed@example.com", password: "x" });
    statuses.push(response.status);
  }
  expect(statuses).toEqual([...Array(10).fill(401), 429]);
});

test("two sessions: listed, one ends the other, and all others end with a new password", async () => {
  const phone = visitor(world, await session(world, ana.id));
  const third = visitor(world, await session(world, ana.id));
  const listed = (await (await ana.get("/sessions")).json()) as {
    id: string;
    current: boolean;
    device: string;
  }[];
  expect(listed.map(({ current }) => current).sort()).toEqual([false, false, true]);
  const [own] = ((await (await phone.get("/sessions")).json()) as { id: string; current: boolean }[]).filter(
    ({ current }) => current,
  );
  expect((await ana.post(`/sessions/${own?.id}/end`)).status).toBe(204);
  expect((await phone.get("/session")).status).toBe(401);
  expect((await ana.post(`/sessions/${own?.id}/end`)).status).toBe(404);

  const change = (current: string, next: string) => ana.post("/password", { current, next });
  expect(await errorOf(await change("wrong password", "a new password 1"))).toEqual({
    status: 401,
    code: "wrong_password",
  });
  expect(await errorOf(await change(PASSWORD, "short"))).toEqual({ status: 400, code: "invalid" });
  expect((await change(PASSWORD, "a new password 1")).status).toBe(204);
  expect((await third.get("/session")).status).toBe(401);
  expect((await ana.get("/session")).status).toBe(200);
  expect((await ana.post("/sign-out")).status).toBe(204);
  expect(ana.token()).toBe(null);
});

test("nobody ends the session of somebody else", async () => {
  const eva = await operator(world, { role: "owner", email: "eva@example.com", tenantId });
  const [own] = (await (await eva.get("/sessions")).json()) as { id: string }[];
  expect((await ana.post(`/sessions/${own?.id}/end`)).status).toBe(404);
  expect((await eva.get("/session")).status).toBe(200);
});

test("a session ends twelve hours after its last request, and thirty days after it began", async () => {
  await world.sql`update sessions set seen_at = seen_at - interval '11 hours', idle_ends_at = idle_ends_at - interval '11 hours'`;
  expect((await ana.get("/session")).status).toBe(200);
  const [{ left } = { left: 0 }] = await world.sql<{ left: number }>`
    select round(extract(epoch from idle_ends_at - clock_timestamp()) / 3600)::int as left from sessions`;
  expect(left).toBe(12);
  await world.sql`update sessions set idle_ends_at = clock_timestamp()`;
  expect((await ana.get("/session")).status).toBe(401);
  await world.sql`update sessions set idle_ends_at = ends_at`;
  await world.sql`update sessions set ends_at = clock_timestamp()`;
  expect((await ana.get("/session")).status).toBe(401);
});
