import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { writeCompanyFolder } from "../../host/company/export.ts";
import { readCompanyFolder } from "../../host/company/folder.ts";
import { intentByWords } from "../../lib/intents/by-words.ts";
import { intentOf, intentsOf, isLearnt } from "../../lib/intents/own.ts";
import { classifierPrompt, replyPrompt } from "../../lib/intents/prompts.ts";
import { classificationIn } from "../../lib/intents/read-classification.ts";
import { classificationSchema } from "../../lib/intents/schema.ts";
import { INTENTS } from "../../lib/intents/table.ts";
import type { Company, OwnIntents } from "../../lib/types/company.ts";

let folder: string;
let demo: Required<Company>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "chasqui-intents-"));
  demo = await readCompanyFolder(join(PROJECT_DIRECTORY, "demo"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const REFUND = `---
when: They want their money back.
tools: [lookup, handoff]
tier: hard
---
# Prompt

Say "Lo vemos hoy mismo."

## Not a section
and go on.

# Examples es

- quiero que me devuelvan el dinero
- reembolso

# Examples en
- please send the money back to me
`;

async function withFiles(name: string, files: Record<string, string>): Promise<string> {
  const own = join(folder, name);
  await writeCompanyFolder(own, demo);
  await mkdir(join(own, "intents"), { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(join(own, file), text);
  return own;
}

const messageOf = (own: string): Promise<string> =>
  readCompanyFolder(own).then(
    () => "",
    (error: Error) => error.message,
  );

test("an intent is read from its file, beside the older file of all of them, and written back as it was", async () => {
  const own = await withFiles("good", {
    "intents/refund.md": REFUND,
    "intents/order_status.md": "---\noff: true\n---\n",
    "intents.json": JSON.stringify({ greeting: { prompt: "# Say hello" } }),
  });
  const company = await readCompanyFolder(own);
  expect(company.intents).toEqual({
    greeting: { prompt: "# Say hello" },
    order_status: { off: true },
    refund: {
      when: "They want their money back.",
      tools: ["lookup", "handoff"],
      tier: "hard",
      prompt: 'Say "Lo vemos hoy mismo."\n\n## Not a section\nand go on.',
      examples: {
        es: ["quiero que me devuelvan el dinero", "reembolso"],
        en: ["please send the money back to me"],
      },
    },
  });
  await writeCompanyFolder(join(folder, "out"), company);
  expect((await readCompanyFolder(join(folder, "out"))).intents).toEqual(company.intents);
});

test("each mistake is told by file, line and field, with what to do", async () => {
  const own = await withFiles("bad", {
    "intents/refund.md": REFUND.replace("tier: hard", "tier: huge").replace("- reembolso", "reembolso"),
    "intents/yoga.md": REFUND.replace("# Examples en", "# Beispiele"),
    "intents/open.md": "---\nwhen: x\n",
    "intents/named.md": `---\nwhen: x\nname: y\n---\n${REFUND.slice(REFUND.indexOf("# Prompt"))}`,
    "intents/words.md": "Just words.\n",
    "intents/colon.md": "---\nwhen: About prices: all of them\n---\n",
    "intents/notes.txt": "",
  });
  const message = await messageOf(own);
  for (const part of [
    /intents\/refund.md:4 "tier" is none of simple, standard, hard/,
    /intents\/refund.md:16 is no example: begin each with "- "/,
    /intents\/yoga.md:18 "# Beispiele" is no section: they are "# Prompt"/,
    /intents\/open.md:1 begins front matter that does not end/,
    /intents\/named.md:3 "name" is not needed/,
    /intents\/words.md:1 stands in no section/,
    /intents\/colon.md:2 is not YAML: .*; put a text with ": " in it in "quotes"/,
    /intents\/notes.txt: is no intent/,
  ])
    expect(message).toMatch(part);
});

test("what only the whole company tells is told by file and line too", async () => {
  const own = await withFiles("whole", {
    "intents/refund.md": REFUND.replace("[lookup, handoff]", "[lookup, pay_back]"),
    "intents/general.md": "---\noff: true\n---\n",
    "intents/empty.md": "---\ntier: hard\n---\n",
    "intents/complaint.md": "# Examples es\n- reembolso\n",
    "intents/human_handoff.md": "---\ntools: [lookup]\n---\n",
  });
  const message = await messageOf(own);
  for (const part of [
    /intents\/refund.md:3 "tools.1" names no tool: "pay_back" is none of lookup, handoff/,
    /intents\/general.md:2 "off" cannot be/,
    /intents\/empty.md:\d "when" is missing/,
    /intents\/(refund.md:16|complaint.md:2) "examples.es.\d" is an example of/,
    /intents\/human_handoff.md:2 "tools" has no "handoff"/,
  ])
    expect(message).toMatch(part);
});

const own: OwnIntents = {
  refund: {
    when: "They want money back.",
    prompt: "Pay.",
    examples: { es: ["quiero mi plata"] },
    tools: ["pay"],
  },
  order_status: { off: true },
  product_question: { when: "About treatments.", tools: ["lookup"], tier: "simple" },
};
const tenant = { id: "t", version: null, intents: own };

test("a company's table has its own intents, and not those that are off, everywhere", () => {
  const rows = intentsOf(tenant);
  const names = rows.map(({ name }) => name);
  expect(names).toEqual([
    ...["greeting", "product_question", "complaint", "human_handoff", "thanks_goodbye"],
    ...["refund", "out_of_scope", "general"],
  ]);
  expect(intentOf(tenant, "order_status").name).toBe("general");
  expect(intentOf(tenant, "product_question")).toMatchObject({ when: "About treatments.", tier: "simple" });
  expect(classificationSchema(rows).shape.intent.options).toEqual(names);
  const prompt = classifierPrompt(demo.profile, rows);
  expect(prompt).toContain('- refund: They want money back. E.g. "quiero mi plata"');
  expect(prompt).not.toContain("order_status");
  expect(intentByWords("Quiero mi plata!", false, rows)?.intent).toBe("refund");
  expect(classificationIn("Intent: refund", "es", rows)).toContain("refund");
  expect(classificationIn("Intent: refund", "es")).toBeNull();
  expect(classificationIn('{"intent":"order_status","confidence":0.9}', "es", rows)).toBeNull();
  const { prompt: ownPrompt } = own.refund ?? {};
  const context = { profile: demo.profile, language: "es", nowLocal: null, marks: false, ownPrompt } as const;
  expect(replyPrompt(intentOf(tenant, "refund"), context)).toContain("Intent: refund\nHow Tambo wants");
});

test("the classifier that learnt the shipped phrases knows only a table of their senses", () => {
  expect(isLearnt(INTENTS)).toBe(true);
  expect(
    isLearnt(intentsOf({ ...tenant, intents: { greeting: { prompt: "Hi.", examples: { es: ["hey"] } } } })),
  ).toBe(true);
  for (const intents of [
    { refund: own.refund },
    { order_status: { off: true } },
    { greeting: { when: "x" } },
  ])
    expect(isLearnt(intentsOf({ ...tenant, intents: intents as OwnIntents }))).toBe(false);
});
