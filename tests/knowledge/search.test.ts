import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabase } from "../../db/client.ts";
import { hasCompany, loadCompany } from "../../db/company.ts";
import { createKnowledgeBase } from "../../db/knowledge.ts";
import { readCompanyFolder } from "../../host/company/folder.ts";
import type { Language } from "../../lib/types/company.ts";
import type { KnowledgeBase } from "../../lib/types/tools.ts";
import { ENGINES } from "../support/postgres.ts";
import { runs, SEED, sample } from "../support/seed.ts";
import { startStores, type TestStores } from "../support/stores.ts";
import { QUESTIONS } from "./questions.ts";
import { NO_QUESTIONS, TYPING_ERRORS } from "./typing-errors.ts";

/** A letter left out, doubled, taken for its neighbour in the alphabet, or after the next one. */
function withError(word: string, place: number, error: number): string {
  const [before, letter, next, after] = [
    word.slice(0, place),
    word.at(place) ?? "",
    word.at(place + 1) ?? "",
    word.slice(place + 2),
  ];
  const other = String.fromCharCode(97 + ((letter.charCodeAt(0) - 96) % 26));
  return before + [next, letter + letter + next, other + next, next + letter][error] + after;
}

describe.each(sample(ENGINES, 1))("the knowledge base of the demo company on %s", (engine) => {
  let stores: TestStores;
  let knowledge: KnowledgeBase;
  let tenantId = "";
  let other = "";
  const titles = new Map<string, string>();

  beforeAll(async () => {
    stores = await startStores({ engine });
    const database = createDatabase(stores.databaseUrl);
    knowledge = createKnowledgeBase(database);
    const company = await readCompanyFolder("demo");
    for (const { slug, language, title } of company.knowledge) titles.set(`${slug} ${language}`, title);
    ({ tenantId } = await loadCompany(database, "100", company));
    ({ tenantId: other } = await loadCompany(database, "200", {
      profile: company.profile,
      knowledge: [
        { slug: "secret", language: "es", title: "Envío de otra empresa", body: "Otra.", keywords: "" },
      ],
    }));
  });
  afterAll(() => stores.close());

  it.each(QUESTIONS)("answers %j (%s) with %s", async (question, language, topic) => {
    const [best] = await knowledge.search(tenantId, question, language, 3);
    expect(best?.title ?? null).toBe(topic === null ? null : titles.get(`${topic} ${language}`));
  });

  it.each([
    ["delivery time to Miami", "en", "international-shipping"],
    ["quiénes tejen", "es", "makers"],
  ] as const)(
    "shows what one word of %j names beside what the others do",
    async (question, language, topic) => {
      const hits = await knowledge.search(tenantId, question, language, 3);
      expect(hits.map(({ title }) => title)).toContain(titles.get(`${topic} ${language}`));
    },
  );

  it("forgives typing errors as people make them, and takes nothing else for a question", async () => {
    const topics = async (text: string, language: Language) =>
      (await knowledge.search(tenantId, text, language, 1)).map(({ title }) => title).join();
    const missed: string[] = [];
    for (const [typed, meant, language] of TYPING_ERRORS) {
      const wanted = await topics(meant, language);
      if (wanted === "" || (await topics(typed, language)) !== wanted) missed.push(typed);
    }
    expect(missed).toEqual([]);
    for (const [typed, language] of NO_QUESTIONS) expect(await topics(typed, language), typed).toBe("");
  });

  it(`finds nine in ten words of titles with any single error in them (SEED=${SEED})`, async () => {
    const words = [...titles].flatMap(([topic, title]) =>
      (title.match(/\p{L}{6,}/gu) ?? []).map((word) => ({ word, language: topic.split(" ")[1] as Language })),
    );
    const random = fc.sample(fc.tuple(fc.nat(), fc.nat(), fc.nat(3)), { numRuns: runs(60), seed: SEED });
    const missed: string[] = [];
    for (const [which, place, error] of random) {
      const { word, language } = words[which % words.length] ?? { word: "", language: "es" };
      const typed = withError(word, place % (word.length - 1), error);
      const [right] = await knowledge.search(tenantId, word, language, 1);
      const [found] = await knowledge.search(tenantId, typed, language, 1);
      if (right && found?.title !== right.title) missed.push(`${word}: ${typed}`);
    }
    expect(missed.length, missed.join(", ")).toBeLessThanOrEqual(random.length / 10 + 1);
  });

  it("gives a topic in the asked language when the words were another language's", async () => {
    const [best] = await knowledge.search(tenantId, "free shipping", "es", 1);
    expect(best).toMatchObject({ title: "¿Cuánto cuesta el envío?", language: "es" });
  });

  it("gives another language's passage when the asked one has none", async () => {
    const [best] = await knowledge.search(other, "envio", "pt", 1);
    expect(best).toMatchObject({ title: "Envío de otra empresa", language: "es" });
  });

  it("never shows another tenant's passages, and no topic twice", async () => {
    const hits = await knowledge.search(tenantId, "envío empresa", "es", 50);
    expect(hits.map(({ title }) => title)).not.toContain("Envío de otra empresa");
    expect(new Set(hits.map(({ title }) => title)).size).toBe(hits.length);
  });

  it("takes any text: NUL, lone surrogates, quotes, operators, ten thousand characters", async () => {
    for (const text of [
      "\u0000\ud800 envío",
      "'\"\\%_ & | ! :* <-> ()",
      "envío ".repeat(2000),
      "🦙".repeat(300),
    ])
      await expect(knowledge.search(tenantId, text, "es", 3)).resolves.toBeInstanceOf(Array);
  });

  it("asks in one round trip", async () => {
    const before = stores.neon.requests.http;
    await knowledge.search(tenantId, "envío", "es", 3);
    expect(stores.neon.requests.http).toBe(before + 1);
  });

  it("returns no more than asked for", async () => {
    expect(await knowledge.search(tenantId, "envío precio poncho café", "es", 2)).toHaveLength(2);
  });

  it("loaded twice holds exactly the passages of the last time, and only that tenant's", async () => {
    const database = createDatabase(stores.databaseUrl);
    const company = await readCompanyFolder("demo");
    const [first, second] = company.knowledge;
    if (!first || !second) throw new Error("the demo holds passages");
    expect(await hasCompany(database, "300")).toBe(false);
    const { tenantId } = await loadCompany(database, "300", company);
    await loadCompany(database, "400", { ...company, knowledge: [first] });
    const again = await loadCompany(database, "300", {
      profile: { ...company.profile, name: "Tambo 2" },
      knowledge: [
        { ...first, title: "Changed" },
        { ...second, slug: "new" },
      ],
    });
    const rows = await database.sql<{ line: string }>`
      select phone_number_id || ' ' || (profile ->> 'name') || ' ' || slug || ' ' || title as line
        from knowledge join tenants on tenants.id = tenant_id
        where phone_number_id in ('300', '400') order by 1`;
    expect(again).toEqual({ tenantId, passages: 2 });
    expect(rows.map(({ line }) => line)).toEqual([
      `300 Tambo 2 ${first.slug} Changed`,
      `300 Tambo 2 new ${second.title}`,
      `400 Tambo ${first.slug} ${first.title}`,
    ]);
    expect(await hasCompany(database, "300")).toBe(true);
  });
});
