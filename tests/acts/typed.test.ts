/** A typed yes or no. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { plainAnswer } from "../../lib/language/acts.ts";
import { type ActWorld, startActWorld, tap } from "./support.ts";

test.each([
  ["sí", "yes"],
  ["Si!", "yes"],
  ["SIM 👍", "yes"],
  ["yes.", "yes"],
  ["Sí, por favor", "yes"],
  ["confirmo", "yes"],
  ["No", "no"],
  ["não, obrigado", "no"],
  ["no gracias", "no"],
  ["sí pero a las 8", null],
  ["no sé", null],
  ["yes and no", null],
  ["si puedes, mañana", null],
  ["dale", null],
  ["", null],
])("%s says %s", (text, answer) => expect(plainAnswer(text)).toBe(answer));

describe("in a conversation", () => {
  let own: ActWorld;
  beforeAll(async () => {
    own = await startActWorld();
  });
  afterAll(() => own.close());
  const effectsOf = (actId: string) => own.system.effects.get(`act-${actId}`) ?? 0;

  test("a yes right after the question counts as its tap", async () => {
    const ana = await own.newcomer();
    const id = await own.propose(ana);
    const asked = own.world.model.requests.length;
    expect(await own.says(ana, "Sí")).toEqual([expect.stringContaining("tu reserva es la R-")]);
    expect(own.world.model.requests).toHaveLength(asked);
    expect(effectsOf(id)).toBe(1);
  });

  test("a no right after the question does nothing", async () => {
    const ana = await own.newcomer();
    const id = await own.propose(ana);
    expect(await own.says(ana, "no gracias")).toEqual(["De acuerdo, no hice nada."]);
    expect(await own.act(id)).toMatchObject({ state: "cancelled", code: "customer" });
  });

  test("a yes after something else was said is no answer to it; the button still is", async () => {
    const ana = await own.newcomer();
    const id = await own.propose(ana);
    await own.says(ana, "¿hacen envíos a Puno?");
    await own.says(ana, "sí");
    expect(effectsOf(id)).toBe(0);
    expect(await own.act(id)).toMatchObject({ state: "proposed" });
    await own.says(ana, "Confirmar", tap(id));
    expect(effectsOf(id)).toBe(1);
  });

  test("a yes that quotes another message, or says more, is no answer to it", async () => {
    const ana = await own.newcomer();
    const id = await own.propose(ana);
    const [first] = ana.replies();
    await own.says(ana, "sí, y también un pastel");
    const other = await own.propose(ana);
    await own.says(ana, "sí", { context: { id: first?.waMessageId } });
    expect(effectsOf(id)).toBe(0);
    expect(effectsOf(other)).toBe(0);
  });

  test("a yes after its time is told so, and the question asked anew", async () => {
    const ana = await own.newcomer();
    const id = await own.propose(ana);
    await own.world
      .sql`update acts set expires_at = clock_timestamp() - interval '1 second' where id = ${id}::uuid`;
    expect(await own.says(ana, "sí")).toEqual([expect.stringContaining("venció")]);
    expect(effectsOf(id)).toBe(0);
  });
});
