import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createDatabase, type Database } from "../../db/client.ts";
import { startNeonEndpoint } from "../../host/stores/neon.ts";
import { companyNumber } from "../../scripts/company/number.ts";
import { createDatabaseFor, type TestDatabase } from "../support/postgres.ts";
import { runProgram } from "../support/program.ts";
import { sample } from "../support/seed.ts";

// Programs of their own load for seconds when both cores are busy.
vi.setConfig({ testTimeout: 120_000 });

const DEMO = join(import.meta.dirname, "../../demo");
const NUMBERS = {
  WHATSAPP_PHONE_NUMBER_ID: " 11 ",
  WHATSAPP_NUMBERS: '[{"phoneNumberId":"22","accessToken":"hidden-token"}]',
};

describe("companyNumber", () => {
  test("is the first number when none is named, also of npm run dev", () => {
    expect(companyNumber(NUMBERS, null)).toBe("11");
    expect(companyNumber({}, null)).toBe("100000000000001");
  });

  test.each(["11", "22"])("is the one that is named: %s", (wanted) => {
    expect(companyNumber(NUMBERS, wanted)).toBe(wanted);
  });

  test("lists the known numbers when it is none of them", () => {
    expect(() => companyNumber(NUMBERS, "33")).toThrow(
      /^33 is not a number of this deployment\. Configured: 11, 22 /,
    );
    expect(() => companyNumber({}, "")).toThrow("Configured: 100000000000001 ");
  });

  test("says which entry of the list is wrong, without its value", () => {
    const WHATSAPP_NUMBERS = '[{"phoneNumberId":"hidden"}]';
    expect(() => companyNumber({ WHATSAPP_NUMBERS }, "11")).toThrow(
      /^WHATSAPP_NUMBERS is not valid: entry 1: phone/,
    );
    expect(() => companyNumber({ WHATSAPP_NUMBERS }, "11")).not.toThrow("hidden");
  });
});

describe("npm run company", () => {
  let database: TestDatabase;
  let sql: Database["sql"];
  let closeEndpoint: () => Promise<void>;

  beforeAll(async () => {
    database = await createDatabaseFor("company");
    const endpoint = await startNeonEndpoint({ engine: database.engine, password: "test" });
    closeEndpoint = endpoint.close;
    sql = createDatabase(endpoint.url).sql;
  });
  afterAll(async () => {
    await closeEndpoint();
    await database.close();
  });

  const run = async (...args: string[]) => {
    const environment = {
      ...NUMBERS,
      POSTGRES_URL: database.serverUrl ?? "",
      KV_REST_API_URL: "http://localhost",
    };
    const program = runProgram("scripts/company.ts", args, environment);
    return { code: await program.ended, stdout: program.stdout(), stderr: program.stderr() };
  };

  test("loads a folder for the number that is named, and for that one alone", async () => {
    const { code, stdout } = await run("--number", "22", DEMO);
    expect([code, stdout]).toEqual([0, expect.stringContaining("answers on number 22 with")]);
    const tenants = await sql<{ number: string }>`select phone_number_id as number from tenants`;
    expect(tenants).toEqual([{ number: "22" }]);
  });

  test("loads nothing for a number that is not ours, and lists those that are", async () => {
    const { code, stderr } = await run("--number", "33", DEMO);
    expect(code).toBe(1);
    expect(stderr).toContain("Configured: 11, 22");
    expect(stderr).not.toContain("hidden-token");
  });

  test.each(sample([[["demo", "more"]], [["--numbers", "22", "demo"]], [["--number"]], [[]]], 1))(
    "says how it is used when called with %j",
    async (args) => {
      const { code, stdout } = await run(...args);
      expect([code, stdout]).toEqual([2, expect.stringContaining("Usage: npm run company")]);
    },
  );
});
