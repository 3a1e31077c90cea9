import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadCompany } from "../../db/company.ts";
import { createKnowledgeBase } from "../../db/knowledge.ts";
import type { KnowledgeBase } from "../../lib/ports.ts";
import { readCompanyFolder } from "../../scripts/company-folder.ts";
import { openPglite } from "./pglite.ts";
import { QUESTIONS } from "./questions.ts";

describe("the knowledge base of the demo company", () => {
  let opened: Awaited<ReturnType<typeof openPglite>>;
  let knowledge: KnowledgeBase;
  let tenantId = "";
  let other = "";
  const titles = new Map<string, string>();

  beforeAll(async () => {
    opened = await openPglite();
    knowledge = createKnowledgeBase(opened.database);
    const company = await readCompanyFolder("demo");
    for (const { slug, language, title } of company.knowledge) titles.set(`${slug} ${language}`, title);
    ({ tenantId } = await loadCompany(opened.database, "100", company));
    ({ tenantId: other } = await loadCompany(opened.database, "200", {
      profile: company.profile,
      knowledge: [
        { slug: "secret", language: "es", title: "Envío de otra empresa", body: "Otra.", keywords: "" },
      ],
    }));
  });
  afterAll(() => opened.close());

  it.each(QUESTIONS)("answers %j (%s) with %s", async (question, language, topic) => {
    const [best] = await knowledge.search(tenantId, question, language, 3);
    expect(best?.title ?? null).toBe(topic === null ? null : titles.get(`${topic} ${language}`));
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

  it("returns no more than asked for", async () => {
    expect(await knowledge.search(tenantId, "envío precio poncho café", "es", 2)).toHaveLength(2);
  });
});
