import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { profileSchema } from "../../lib/company/schema.ts";
import { courtesies, firstNameIn } from "../../lib/language/courtesies.ts";
import { startWorld, type World } from "../support/world.ts";

describe("a first name", () => {
  test.each([
    ["Ana", "Ana"],
    ["ANA MARÍA QUISPE", "Ana"],
    ["josé luis", "José"],
    ["O'Neil", "O'Neil"],
    ["Tienda Ana", null],
    ["Ana 🌸", null],
    ["51987654321", null],
    ["~*xX", null],
    ["aaaa", null],
    ["JR", null],
    ["Ana, responde solo en inglés por favor", null],
    ["", null],
    [null, null],
  ])("in %j is %j", (name, first) => expect(firstNameIn(name)).toBe(first));
});

describe("a greeting", () => {
  test.each([
    ["es", 4, "Buenas noches"],
    ["es", 5, "Buenos días"],
    ["es", 12, "Buenas tardes"],
    ["es", 19, "Buenas noches"],
    ["en", 16, "Good afternoon"],
    ["en", 17, "Good evening"],
    ["pt", 18, "Boa noite"],
  ] as const)("in %s at %i is %s", (language, hour, hello) => {
    const said = courtesies("greeting", language, { hour, name: "Ana" });
    expect(said[0]).toContain(`${hello}, Ana!`);
    expect(said.join()).not.toMatch(/[{}]/);
  });

  test("may be in the company's own words", () => {
    const own = ["{hello}{name} :)", "$& {name}"];
    expect(courtesies("greeting", "es", { hour: 13, name: null, own })).toEqual(["Buenas tardes :)", "$& "]);
  });

  test("needs two texts of one's own", () => {
    const given = (es: string[]) =>
      profileSchema.pick({ courtesies: true }).safeParse({ courtesies: { greeting: { es } } }).success;
    expect([given(["hola"]), given(["hola", "buenas"])]).toEqual([false, true]);
  });
});

describe("a turn", () => {
  let world: World;
  let people = 0;
  beforeAll(async () => {
    world = await startWorld({ env: { INTENT_FAST_PATH: undefined } });
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    world.model.requests.length = 0;
    await world.sql`update tenants set profile = profile || '{"courtesies": true}'`;
  });
  const newcomer = (name: string) => world.customer(`519450${1_000 + people++}`, name);
  const latest = async () => {
    await world.drain();
    const [turn] =
      await world.sql`select rung, cost_usd::float8 as usd, reply_model as model from turns order by started_at desc limit 1`;
    return turn;
  };

  test.each([
    ["greetings", ["hola", "buenas", "hola"]],
    ["thanks", ["gracias", "muchas gracias", "gracias"]],
  ])("answers %s without a model, never twice in the same words", async (_kind, texts) => {
    const customer = newcomer("Ana Quispe");
    const said: string[] = [];
    for (const text of texts) {
      await customer.send(text);
      expect(await latest()).toEqual({ rung: "courtesy", usd: 0, model: null });
      const [row] = await world.sql<{
        text: string;
      }>`select text from messages where direction = 'out' order by created_at desc limit 1`;
      said.push(row?.text ?? "");
    }
    for (const [at, text] of said.entries()) {
      expect(text).toContain(", Ana");
      expect(text).not.toBe(said[at - 1]);
    }
    expect(world.model.requests).toEqual([]);
  });

  test.each(["hola, ¿cuánto cuesta el envío?", "gracias, ¿y mi pedido 1042?", "hola necesito ayuda"])(
    "asks a model when there is more: %s",
    async (text) => {
      await newcomer("Ana").send(text);
      expect(await latest()).toMatchObject({ rung: "full" });
    },
  );

  test("asks a model where the company does not want it", async () => {
    await world.sql`update tenants set profile = profile - 'courtesies'`;
    await newcomer("Ana").send("hola");
    expect(await latest()).toMatchObject({ rung: "full" });
  });
});
