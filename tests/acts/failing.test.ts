/** Systems that refuse, break off or never answer. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ActWorld, startActWorld, tap } from "./support.ts";

let own: ActWorld;
beforeAll(async () => {
  own = await startActWorld();
});
afterAll(() => own.close());

const effectsOf = (actId: string) => own.system.effects.get(`act-${actId}`) ?? 0;
const keysOf = (actId: string) => own.system.calls.filter(({ key }) => key === `act-${actId}`).length;

test("what the system refused was not done, and the customer may try again", async () => {
  const ana = await own.newcomer();
  const id = await own.propose(ana);
  own.system.next("refuse");
  const [said] = await own.says(ana, "Confirmar", tap(id));
  expect(said).toContain("No se pudo hacer");
  expect(effectsOf(id)).toBe(0);
  expect(await own.act(id)).toMatchObject({ state: "failed", code: "http_409", attempts: 1 });
  const [again] = await own.says(ana, "Intentar de nuevo", tap(id, "again"));
  expect(again).toContain("¿Reservo una mesa para 4 el viernes?");
  const next = /act:([0-9a-f-]{36}):yes/.exec(JSON.stringify(ana.replies().at(-1)?.body))?.[1] ?? "";
  await own.says(ana, "Confirmar", tap(next));
  expect(effectsOf(next)).toBe(1);
});

test("after a failure a person may be asked for", async () => {
  const ana = await own.newcomer();
  const id = await own.propose(ana);
  own.system.next("refuse");
  await own.says(ana, "Confirmar", tap(id));
  expect(await own.says(ana, "Una persona", tap(id, "person"))).toEqual([
    expect.stringContaining("una persona del equipo te responderá"),
  ]);
});

test("an answer that was lost is asked for with the same key: one effect, and its real result", async () => {
  const ana = await own.newcomer();
  const id = await own.propose(ana);
  own.system.next("lose", "fail");
  expect(await own.says(ana, "Confirmar", tap(id))).toEqual([expect.stringContaining("tu reserva es la R-")]);
  expect(effectsOf(id)).toBe(1);
  expect(keysOf(id)).toBe(3);
  expect(await own.act(id)).toMatchObject({ state: "executed", attempts: 3 });
});

test("what nobody can tell is looked into by a person, and the customer is told so", async () => {
  const ana = await own.newcomer();
  const id = await own.propose(ana);
  own.system.next("lose", "fail", "refuse");
  expect(await own.says(ana, "Confirmar", tap(id))).toEqual([expect.stringContaining("no sé si se hizo")]);
  expect(await own.act(id)).toMatchObject({ state: "unknown", attempts: 3, told: true });
  const [handoff] = await own.world.sql<{ reason: string; summary: string }>`
    select h.reason, h.summary from handoffs h join conversations c on c.id = h.conversation_id
      join customers u on u.id = c.customer_id where u.phone = ${ana.phone} and h.handed_back_at is null`;
  expect(handoff).toMatchObject({ reason: "act_unknown", summary: expect.stringContaining(id) });
});
