/** The tap that has an act done, and every other one. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { newWaMessageId } from "../../host/meta-webhook.ts";
import { type ActWorld, bookingTool, startActWorld, tap } from "./support.ts";

let own: ActWorld;
beforeAll(async () => {
  own = await startActWorld();
});
afterAll(() => own.close());

const effectsOf = (actId: string) => own.system.effects.get(`act-${actId}`) ?? 0;

test("the customer's tap has it done once, without a model, and the reply tells its real result", async () => {
  const ana = await own.newcomer();
  const id = await own.propose(ana);
  const asked = own.world.model.requests.length;
  expect(await own.says(ana, "Confirmar", tap(id))).toEqual([
    expect.stringContaining("Listo, tu reserva es la R-"),
  ]);
  expect(own.world.model.requests).toHaveLength(asked);
  expect(effectsOf(id)).toBe(1);
  expect(await own.act(id)).toMatchObject({ state: "executed", attempts: 1, told: true });
  const call = own.system.calls.at(-1);
  expect(call?.body).toEqual({ people: 4, day: "viernes" });
  const context = Buffer.from(call?.context ?? "", "base64url").toString();
  expect(context).toContain(ana.phone);
});

test("a tap delivered fifty times at once has one effect and one reply", async () => {
  const ana = await own.newcomer();
  const id = await own.propose(ana);
  const before = ana.replies().length;
  const same = tap(id, "yes", newWaMessageId());
  await Promise.all(Array.from({ length: 50 }, () => ana.send("Confirmar", same)));
  await own.world.drain();
  await own.world.resume();
  await own.world.drain();
  expect(effectsOf(id)).toBe(1);
  expect(ana.replies().length - before).toBe(1);
});

test("the same button tapped again tells what became of it and does nothing", async () => {
  const ana = await own.newcomer();
  const id = await own.propose(ana);
  await own.says(ana, "Confirmar", tap(id));
  const calls = own.system.calls.length;
  expect(await own.says(ana, "Confirmar", tap(id))).toEqual([
    expect.stringMatching(/ya está hecho.*tu reserva es la R-/s),
  ]);
  expect(own.system.calls).toHaveLength(calls);
  expect(await own.says(ana, "No", tap(id, "no"))).toEqual([expect.stringContaining("ya está hecho")]);
  expect(await own.act(id)).toMatchObject({ state: "executed" });
});

test("No does nothing, and a Confirm after it neither", async () => {
  const ana = await own.newcomer();
  const id = await own.propose(ana);
  expect(await own.says(ana, "No", tap(id, "no"))).toEqual(["De acuerdo, no hice nada."]);
  expect(await own.says(ana, "Confirmar", tap(id))).toEqual(["De acuerdo, no hice nada."]);
  expect(effectsOf(id)).toBe(0);
  expect(await own.act(id)).toMatchObject({ state: "cancelled", code: "customer" });
});

test("a tap after its time does nothing, and the question is asked anew", async () => {
  const ana = await own.newcomer();
  const id = await own.propose(ana);
  await own.world
    .sql`update acts set expires_at = clock_timestamp() - interval '1 second' where id = ${id}::uuid`;
  const [asked] = await own.says(ana, "Confirmar", tap(id));
  expect(asked).toMatch(/venció.*¿Reservo una mesa para 4 el viernes\?/s);
  expect(effectsOf(id)).toBe(0);
  expect(await own.act(id)).toMatchObject({ state: "expired" });
  const again = /act:([0-9a-f-]{36}):yes/.exec(JSON.stringify(ana.replies().at(-1)?.body))?.[1] ?? "";
  expect(again).not.toBe(id);
  expect(await own.says(ana, "Confirmar", tap(again))).toEqual([expect.stringContaining("tu reserva es la")]);
  expect(effectsOf(again)).toBe(1);
});

test("a button of another customer's act says nothing of it and does nothing", async () => {
  const [ana, eva] = [await own.newcomer(), await own.newcomer()];
  const id = await own.propose(ana);
  expect(await own.says(eva, "Confirmar", tap(id))).toEqual([
    "Ese botón ya no vale, así que no hice nada. Dime qué necesitas.",
  ]);
  expect(effectsOf(id)).toBe(0);
  expect(await own.act(id)).toMatchObject({ state: "proposed" });
});

test("a newer question takes the place of an older one", async () => {
  const ana = await own.newcomer();
  const old = await own.propose(ana);
  const id = await own.propose(ana);
  expect(await own.says(ana, "Confirmar", tap(old))).toEqual([
    expect.stringContaining("Esa pregunta ya no vale"),
  ]);
  expect(effectsOf(old)).toBe(0);
  await own.says(ana, "Confirmar", tap(id));
  expect(effectsOf(id)).toBe(1);
});

test("a tool that the company has changed since is not called", async () => {
  const ana = await own.newcomer();
  const id = await own.propose(ana);
  await own.declare([bookingTool(own.system.url, { minutes: 5 })]);
  expect(await own.says(ana, "Confirmar", tap(id))).toEqual([expect.stringContaining("Eso cambió")]);
  await own.declare([own.tool]);
  expect(effectsOf(id)).toBe(0);
  expect(await own.act(id)).toMatchObject({ state: "cancelled", code: "changed" });
});

test("a tap and another message in one burst: it is done, and the other message is answered too", async () => {
  const ana = await own.newcomer();
  const id = await own.propose(ana);
  const { sql } = own.world;
  // Both come while somebody else holds the conversation.
  await sql`update conversations set lease_expires_at = clock_timestamp() + interval '2 seconds'
    where customer_id = (select id from customers where phone = ${ana.phone})`;
  const before = ana.replies().length;
  await ana.send("Confirmar", tap(id));
  await ana.send("¿hacen envíos a Puno?");
  await own.world.drain();
  await sql`update conversations set lease_expires_at = null
    where customer_id = (select id from customers where phone = ${ana.phone})`;
  await sql`update conversations set unread_since = clock_timestamp() - interval '1 minute' where received_seq > answered_seq`;
  await own.world.resume();
  await own.world.drain();
  const words = ana
    .replies()
    .slice(before)
    .map(({ text }) => text)
    .join("\n");
  expect(words).toMatch(/tu reserva es la R-/);
  expect(words).toMatch(/enviamos/);
  expect(effectsOf(id)).toBe(1);
});
