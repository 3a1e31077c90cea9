import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCompanyFolder } from "../../host/company/folder.ts";

describe("a company folder", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "company-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** The demo company with these fields in its profile. */
  async function folderWith(fields: Record<string, unknown>): Promise<string> {
    const own = await mkdtemp(join(folder, "own-"));
    await cp("demo", own, { recursive: true });
    const profile: object = JSON.parse(await readFile(join(own, "profile.json"), "utf8"));
    await writeFile(join(own, "profile.json"), JSON.stringify({ ...profile, ...fields }));
    return own;
  }

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

  it("brings no character that a database or a terminal should not meet", async () => {
    const own = await folderWith({ name: "Tam\u0000bo\ud800", about: "a\u001b[2Jb\r\nc" });
    await writeFile(join(own, "knowledge/en/pets.md"), "# Pets\u0000?\n\nYes\u0007.\n");
    const { profile, knowledge } = await readCompanyFolder(own);
    expect(profile).toMatchObject({ name: "Tambo\ufffd", about: "a[2Jb\nc" });
    expect(knowledge).toContainEqual(expect.objectContaining({ title: "Pets?", body: "Yes." }));
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

  it("may name the template that asks a customer to write again", async () => {
    const reengagement = { name: "we_have_news", languageCodes: { es: "es", pt: "pt_BR" } };
    const own = await folderWith({ reengagement });
    expect((await readCompanyFolder(own)).profile.reengagement).toEqual(reengagement);
  });

  it.each([
    [{ name: "We have news", languageCodes: { es: "es" } }, /"reengagement\.name" is not a template's name/],
    [{ name: "news", languageCodes: {} }, /"reengagement\.languageCodes" names no language/],
    [{ name: "news", languageCodes: { es: "español" } }, /"reengagement\.languageCodes\.es" .*pt_BR/],
    [{ name: "news", languageCodes: { fr: "fr" } }, /"reengagement\.languageCodes" .*"fr"/],
    [{ name: "news" }, /"reengagement\.languageCodes"/],
    [{ name: "news", languageCodes: { es: "es" }, text: "hi" }, /"reengagement" .*"text"/],
  ])("refuses the template %j by file and field", async (reengagement, problem) => {
    const refused = readCompanyFolder(await folderWith({ reengagement }));
    await expect(refused).rejects.toThrow(/^The company in .*\n- profile\.json: "reengagement/);
    await expect(refused).rejects.toThrow(problem);
  });

  it("may list its opening hours", async () => {
    const openingHours = {
      friday: ["10:00-14:00", "20:00-02:00"],
      exceptions: { "12-25": [], "2026-12-24": ["10:00-12:00"] },
    };
    expect((await readCompanyFolder(await folderWith({ openingHours }))).profile.openingHours).toEqual(
      openingHours,
    );
  });

  it.each<[unknown, RegExp]>([
    [{ monday: ["10-20"] }, /"openingHours\.monday\.0" is not a range: write 10:00-20:00/],
    [{ monday: ["10:00-10:00"] }, /"openingHours\.monday\.0" is not a range/],
    [{ monday: ["10:00-25:00"] }, /"openingHours\.monday\.0" is not a range/],
    [{ monday: "10:00-20:00" }, /"openingHours\.monday" .*array/],
    [{ monday: ["09:00-14:00", "13:00-19:00"] }, /"openingHours\.monday" has ranges that overlap/],
    [{ lunes: ["10:00-20:00"] }, /"openingHours" .*"lunes"/],
    [{ exceptions: { "25-12": [] } }, /"openingHours\.exceptions\.25-12" is not a date: write 2026-12-24/],
    [{ exceptions: { "2026-02-29": [] } }, /"openingHours\.exceptions\.2026-02-29" is not a date/],
    [{ exceptions: { "12-24": ["10"] } }, /"openingHours\.exceptions\.12-24\.0" is not a range/],
  ])("refuses the opening hours %j by file and field", async (openingHours, problem) => {
    const refused = readCompanyFolder(await folderWith({ openingHours }));
    await expect(refused).rejects.toThrow(/^The company in .*\n- profile\.json: "openingHours/);
    await expect(refused).rejects.toThrow(problem);
  });

  it("that does not exist is refused with what to do", async () => {
    await expect(readCompanyFolder(join(folder, "nowhere"))).rejects.toThrow(
      /profile\.json: cannot be read; copy demo/,
    );
  });
});
