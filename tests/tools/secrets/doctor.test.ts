import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createDatabase } from "../../../db/client.ts";
import { keepSecret, loadCompany } from "../../../db/company.ts";
import { createSealer } from "../../../lib/crypto/seal.ts";
import { boundTo } from "../../../lib/tools/behalf/secrets.ts";
import { checkTools } from "../../../scripts/doctor/tools.ts";
import { company } from "../../store/twins.ts";
import { startStores, type TestStores } from "../../support/stores.ts";
import { json, never, startSystem, toolAt } from "../http/system.ts";

const NUMBER = "100";
const KEY = new Uint8Array(32).fill(3);
let stores: TestStores;
beforeAll(async () => {
  stores = await startStores();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await stores.close();
});

test("says which secrets are missing, which do not open, and reaches the system that one names", async () => {
  const system = await startSystem(json({}));
  const database = createDatabase(stores.databaseUrl, { timeoutMs: 30_000 });
  const tools = [toolAt({ url: `\${secret:BASE}/slots`, context: "none" })];
  const { tenantId } = await loadCompany(database, NUMBER, { ...company(NUMBER), tools });
  const check = () => checkTools(stores.databaseUrl, NUMBER, never);
  vi.stubEnv("ALLOW_TOOL_HOSTS", system.host);
  expect(await check()).toMatchObject({
    status: "failed",
    message: "secrets of tools are not set: BASE",
    fix: expect.stringContaining("npm run tools -- secret set BASE"),
  });
  const sealed = await createSealer([KEY]).seal(system.url, boundTo(tenantId, "BASE"));
  await keepSecret(database, tenantId, { name: "BASE", sealed });
  expect(await check()).toMatchObject({ status: "failed", fix: expect.stringContaining("SECRETS_KEY") });
  vi.stubEnv("SECRETS_KEY", Buffer.from(new Uint8Array(32)).toString("base64"));
  expect(await check()).toMatchObject({ status: "failed", fix: expect.stringContaining("another key") });
  vi.stubEnv("SECRETS_KEY", Buffer.from(KEY).toString("base64"));
  expect(await check()).toMatchObject({ status: "ok", message: "1 tools of 1 system" });
  expect(system.received).toHaveLength(1);
});
