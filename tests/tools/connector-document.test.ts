import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { expect, it, onTestFinished } from "vitest";
import { recordsAt } from "./order-records.ts";

it("the system shown in docs/connector.md answers what Chasqui asks, and only that", async () => {
  const page = await readFile("docs/connector.md", "utf8");
  const shown = /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  const code = shown.replace(
    ".listen(8080)",
    '.listen(0, "127.0.0.1", function () { console.log(this.address().port); })',
  );
  const environment = { ...process.env, COMPANY_API_SECRET: "shared" };
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], { env: environment });
  onTestFinished(() => {
    child.kill();
  });
  const [port] = await once(child.stdout, "data");
  const baseUrl = `http://127.0.0.1:${String(port).trim()}`;
  const ask = (secret: string, phone: string) =>
    recordsAt(baseUrl, { secret }).orders({ phone, waUserId: null }, "1042", new AbortController().signal);
  expect(await ask("shared", "51987654321")).toMatchObject([{ number: "1042" }]);
  expect(await ask("shared", "15551234567")).toEqual([]);
  await expect(ask("wrong", "51987654321")).rejects.toMatchObject({ code: "http_401" });
});
