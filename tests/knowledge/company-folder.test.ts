import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCompanyFolder } from "../../scripts/company-folder.ts";

describe("a company folder", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "company-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("of the demo holds every topic in three languages", async () => {
    const { profile, knowledge } = await readCompanyFolder("demo");
    expect(profile.name).toBe("Tambo");
    const topics = new Set(knowledge.map(({ slug }) => slug));
    expect(topics.size).toBeGreaterThanOrEqual(12);
    expect(knowledge).toHaveLength(3 * topics.size);
  });

  it("reads keywords, title and text, also with Windows line ends", async () => {
    await cp("demo", folder, { recursive: true });
    await writeFile(
      join(folder, "knowledge/en/pets.md"),
      "---\r\nkeywords: dog, llama\r\n---\r\n# Pets?\r\n\r\nYes.\r\n",
    );
    const { knowledge } = await readCompanyFolder(folder);
    expect(knowledge).toContainEqual({
      slug: "pets",
      language: "en",
      title: "Pets?",
      body: "Yes.",
      keywords: "dog, llama",
    });
  });

  it("that is wrong is refused with every file and field at once", async () => {
    await cp("demo", folder, { recursive: true });
    const profile = {
      name: "X",
      about: "y",
      tone: "z",
      hours: "9-5",
      timeZone: "Mars/Olympus",
      language: "fr",
    };
    await writeFile(join(folder, "profile.json"), JSON.stringify(profile));
    await writeFile(join(folder, "knowledge/pt/broken.md"), "no heading");
    await writeFile(join(folder, "knowledge/pt/empty.md"), "# Title\n");
    const refused = readCompanyFolder(folder);
    await expect(refused).rejects.toThrow(/profile\.json: "timeZone" .*IANA/);
    await expect(refused).rejects.toThrow(/profile\.json: "language"/);
    await expect(refused).rejects.toThrow(/profile\.json: "contact"/);
    await expect(refused).rejects.toThrow(/knowledge\/pt\/broken\.md: must begin with "# "/);
    await expect(refused).rejects.toThrow(/knowledge\/pt\/empty\.md: "body"/);
  });

  it("that does not exist is refused with what to do", async () => {
    await expect(readCompanyFolder(join(folder, "nowhere"))).rejects.toThrow(
      /profile\.json: cannot be read; copy demo/,
    );
  });
});
