import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SearchPage } from "../../../contracts/console/inbox.ts";
import { demoEngine } from "../../support/postgres.ts";
import { startWorld, type World } from "../../support/world.ts";
import { makeCompany, makeConversation } from "../conversations.ts";
import { type Member, signedInAs } from "../member.ts";

describe.each([...new Set(["PostgreSQL" as const, demoEngine])])("searching on %s", (engine) => {
  let world: World;
  let agent: Member;
  beforeAll(async () => {
    world = await startWorld({ engine });
    agent = await signedInAs(world, "agent");
    const { tenantId } = agent;
    const made = (name: string | null, phone: string | null, ...texts: string[]) =>
      makeConversation(world, { name, phone, texts, tenantId });
    await made("Ana Pérez", "51987654321", "¡Hola! ¿Dónde está mi PEDIDO CH-1001?", "Gracias 👍🏽");
    await made(
      "José Ñúñez",
      "5491122334455",
      "Quiero un envío a São Paulo",
      "50% de descuento, it's ok: C:\\temp",
    );
    await made("李小龍", "8613800138000", "我想查詢我的訂單");
    await made("Пётр", "79161234567", "Где мой заказ?");
    await made(null, null, "I am known by a user id alone; my order is #2002");
    await makeConversation(world, {
      name: "Ana secreta",
      tenantId: await makeCompany(world),
      texts: ["pedido CH-1001"],
    });
  });
  afterAll(() => world.close());

  const search = async (words: string, after: string | null = null): Promise<SearchPage> => {
    const response = await agent.post("/search", { words, after });
    expect(response.status).toBe(200);
    return (await response.json()) as SearchPage;
  };
  const who = async (words: string) => (await search(words)).rows.map(({ name }) => name);

  test.each<[words: string, names: (string | null)[]]>([
    ["ana", ["Ana Pérez"]],
    ["PEREZ ana", ["Ana Pérez"]],
    ["pér", ["Ana Pérez"]],
    ["nunez", ["José Ñúñez"]],
    ["+51 987 654 321", ["Ana Pérez"]],
    ["987-654-321", ["Ana Pérez"]],
    ["7654", ["Ana Pérez"]],
    // Argentina: from abroad, without the 9, and at home.
    ["+54 9 11 2233-4455", ["José Ñúñez"]],
    ["54 11 2233 4455", ["José Ñúñez"]],
    ["(011) 15-2233-4455", ["José Ñúñez"]],
    ["ch-1001", ["Ana Pérez"]],
    ["1001", ["Ana Pérez"]],
    ["#2002", [null]],
    ["donde esta mi pedido", ["Ana Pérez"]],
    ["ENVIO sao", ["José Ñúñez"]],
    ["pedido envío", []],
    ["👍", ["Ana Pérez"]],
    ["小龍", ["李小龍"]],
    ["訂單", ["李小龍"]],
    ["ЗАКАЗ", ["Пётр"]],
    ["50%", ["José Ñúñez"]],
    ["it's", ["José Ñúñez"]],
    ["temp", ["José Ñúñez"]],
    ["%", []],
    ["_", []],
    ["'", []],
    ["\\", []],
    ["':*&|!()<->", []],
    ["' or 1=1 --", []],
    ["", []],
    ["   ", []],
    ["\u0000\ud800", []],
    ["x".repeat(9_000), []],
    ["a ".repeat(4_000), [null, "José Ñúñez"]],
    ["👍".repeat(500), ["Ana Pérez"]],
    ["́".repeat(5_000), []],
  ])("%j finds %j", async (words, names) => expect(await who(words)).toEqual(names));

  test("shows the words around what was found, as they were written", async () => {
    const long = `${"antes ".repeat(30)}Señalización ${"después ".repeat(30)}`;
    const id = await makeConversation(world, { name: "Largo", tenantId: agent.tenantId, texts: [long] });
    const [row] = (await search("senalizacion")).rows;
    expect(row).toMatchObject({ id, found: { at: expect.any(Number) } });
    expect(row?.found?.text).toMatch(/^….{30,50}Señalización después .*…$/);
  });

  test("a word of every message comes in pages without holes or doubles", async () => {
    const { tenantId } = agent;
    const ids = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        makeConversation(world, {
          name: `Paginado ${i}`,
          tenantId,
          texts: [`cotidiano ${i}`, "cotidiano otra vez"],
        }),
      ),
    );
    for (const words of ["cotidiano", "paginado"]) {
      const seen: string[] = [];
      for (let after: string | null = null, page = 0; page === 0 || after !== null; page++) {
        const { rows, next } = await search(words, after);
        seen.push(...rows.map(({ id }) => id));
        after = next;
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.sort()).toEqual(ids.sort());
    }
  });

  test("a message that was too long for any index is stored and found all the same", async () => {
    const id = await makeConversation(world, {
      ...{ name: "Infinito", tenantId: agent.tenantId },
      texts: [
        `${"w".repeat(16_000)} final`,
        Array.from({ length: 3_000 }, (_, i) => `palabra${i}`).join(" "),
      ],
    });
    expect((await search("final")).rows.map((row) => row.id)).toEqual([id]);
  });

  test("refuses what is not words, or no cursor", async () => {
    for (const body of [{}, { words: 1 }, { words: "x".repeat(20_000) }, { words: "x", after: "1" }])
      expect((await agent.post("/search", body)).status).toBe(400);
  });
});
