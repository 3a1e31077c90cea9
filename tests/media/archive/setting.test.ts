import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PROJECT_DIRECTORY } from "../../../host/bot.ts";
import { readCompanyFolder } from "../../../host/company/folder.ts";
import { ConfigurationError, parseEnv } from "../../../lib/config/env.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kept-"));
  await cp(join(PROJECT_DIRECTORY, "demo"), folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true }));

async function companyThatSays(mediaDays: unknown) {
  const profile = JSON.parse(await readFile(join(PROJECT_DIRECTORY, "demo", "profile.json"), "utf8"));
  await writeFile(join(folder, "profile.json"), JSON.stringify({ ...profile, mediaDays }));
  return readCompanyFolder(folder);
}

test("the company of the demo keeps nothing", async () => {
  expect((await companyThatSays(undefined)).profile.mediaDays).toBeUndefined();
});

test.each([0, 1, 365])("a company may keep files for %i days", async (days) => {
  expect((await companyThatSays(days)).profile.mediaDays).toBe(days);
});

test.each([-1, 366, 1.5, "30", null])("%j days are refused by the field's name", async (days) => {
  await expect(companyThatSays(days)).rejects.toThrow('profile.json: "mediaDays"');
});

function problemsOf(variable: string, value: string) {
  try {
    parseEnv({ [variable]: value });
    return [];
  } catch (error) {
    const problems = error instanceof ConfigurationError ? error.problems : [];
    return problems.filter((problem) => problem.variable === variable);
  }
}

test("a token that is none of Vercel Blob's is refused, without being repeated", () => {
  const problems = problemsOf("BLOB_READ_WRITE_TOKEN", "some-other-secret");
  expect(problems).toMatchObject([{ problem: "is not valid" }]);
  expect(JSON.stringify(problems)).not.toContain("some-other-secret");
  expect(problemsOf("BLOB_READ_WRITE_TOKEN", "vercel_blob_rw_abcDEF123_secret")).toEqual([]);
  expect(problemsOf("BLOB_READ_WRITE_TOKEN", "")).toEqual([]);
});
