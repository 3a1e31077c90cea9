import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase } from "../../db/client.ts";
import { loadCompany, readCompany } from "../../db/company.ts";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { writeCompanyFolder } from "../../host/company/export.ts";
import { readCompanyFolder } from "../../host/company/folder.ts";
import { withChanges } from "../../lib/company/changes.ts";
import type { Company } from "../../lib/types/company.ts";
import { companyTask } from "../../scripts/company/arguments.ts";
import { startStores, type TestStores } from "../support/stores.ts";

let folder: string;
let demo: Required<Company>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "chasqui-company-"));
  demo = await readCompanyFolder(join(PROJECT_DIRECTORY, "demo"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("what is exported is imported again as it was, by way of the database", async () => {
  const company = withChanges(demo, {
    intents: { greeting: { prompt: 'Say "Hola".\nNothing else.', examples: { es: ["qué tal pues"] } } },
    passages: {
      "es/odd": {
        title: "¿A -- # qué?",
        body: "---\nkeywords: no\n---\n\n# A heading\n\n- **one**",
        keywords: "a: b, #c",
      },
    },
    profile: { mediaDays: 3, reengagement: { name: "back", languageCodes: { es: "es" } } },
  });
  const stores: TestStores = await startStores({ engine: "PostgreSQL" });
  try {
    const database = createDatabase(stores.databaseUrl);
    await loadCompany(database, "100", company);
    const live = await readCompany(database, "100");
    await writeCompanyFolder(join(folder, "out"), live as Required<Company>);
    const again = await readCompanyFolder(join(folder, "out"));
    expect(again.knowledge).toHaveLength(company.knowledge.length);
    await loadCompany(database, "100", again);
    expect(await readCompany(database, "100")).toEqual(live);
    // It said what was live already: no version was made of it.
    expect(await database.sql`select number from versions`).toEqual([{ number: 1 }]);
  } finally {
    await stores.close();
  }
});

test("a folder with files in it is not written into", async () => {
  await expect(writeCompanyFolder(join(PROJECT_DIRECTORY, "demo"), demo)).rejects.toThrow(/not empty/);
});

test("own words for an intent that does not exist, or too long, are reported by name", async () => {
  const wrong = join(folder, "wrong");
  await writeCompanyFolder(wrong, demo);
  await writeFile(join(wrong, "intents.json"), '{\n  "refunds": { "prompt": "x" }\n}');
  await expect(readCompanyFolder(wrong)).rejects.toThrow(
    /intents.json:2 "when" is missing: an intent of the company's own needs/,
  );
  await writeFile(join(wrong, "intents.json"), JSON.stringify({ greeting: { prompt: "x".repeat(4_000) } }));
  await expect(readCompanyFolder(wrong)).rejects.toThrow(/intents.json:1 "prompt" is longer than 3000/);
});

test("the command line has a verb, or imports as before", () => {
  const import_ = { act: "import", folder: "demo", number: null };
  expect(companyTask(["demo"])).toEqual(import_);
  expect(companyTask(["import", "demo"])).toEqual(import_);
  expect(companyTask(["export", "--number", "7", "out"])).toEqual({
    act: "export",
    folder: "out",
    number: "7",
  });
  expect(companyTask(["check", "demo"])).toEqual({ act: "check", folder: "demo", number: null });
  for (const args of [[], ["export"], ["a", "b"], ["check", "a", "b"], ["--nothing"]])
    expect(companyTask(args), args.join(" ")).toBeNull();
  expect(companyTask(["--help"])).toBe("help");
});
