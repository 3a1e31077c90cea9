import { afterAll, beforeAll, expect, it } from "vitest";
import { makeConversation } from "../../console/conversations.ts";
import { type Console, startConsole } from "../console/console.ts";
import { fillFigures } from "./figures.ts";

let app: Console;

beforeAll(async () => {
  app = await startConsole();
  await fillFigures(app.world, app.tenantId);
  const conversation = await makeConversation(app.world, { tenantId: app.tenantId });
  await app.world.sql`
    with turn as (
      insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state, language, started_at, ended_at)
        select gen_random_uuid(), ${app.tenantId}::uuid, ${conversation}::uuid, 1, place, 'answered', 'es', now(), now()
          from generate_series(1, 3) place returning id, through_seq)
    insert into tool_calls (turn_id, idempotency_key, name, input, output, ms)
      select id, 'k', 'lookup', jsonb_build_object('source', 'knowledge', 'query', case when through_seq = 3 then '¿Dan clases?' else '¿Aceptan mascotas?' end),
             '{"error": "nothing found"}', 5 from turn`;
});

afterAll(() => app?.close());

it("leads from a question without an answer to a passage that begins with it, and puts no word into an address", async () => {
  const page = await app.open("agent", "/insight/conversations", { name: "ana" });
  const questions = page.getByRole("figure", { name: "Questions without an answer" });
  const asked = questions.getByRole("listitem").filter({ hasText: "¿Aceptan mascotas?" });
  await asked.getByText("asked 2 times").waitFor();
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(request.url()));
  await asked.getByRole("link", { name: "Write a passage for “¿Aceptan mascotas?”" }).press("Enter");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await expect.poll(() => page.locator("form input").first().inputValue()).toBe("¿Aceptan mascotas?");
  expect(new URL(page.url()).pathname).toMatch(/\/knowledge\/new$/);
  expect([page.url(), ...addresses].filter((url) => /mascotas/i.test(decodeURIComponent(url)))).toEqual([]);
  await page.context().close();
});

it("shows a viewer how often it was asked, without words and without a way to write", async () => {
  const page = await app.open("viewer", "/insight/conversations", { name: "vera" });
  const questions = page.getByRole("figure", { name: "Questions without an answer" });
  await questions.getByText("asked 2 times").waitFor();
  await questions.getByText("Agents and owners see the words.").waitFor();
  expect(await questions.innerText()).not.toContain("mascotas");
  expect(await questions.getByRole("link").count()).toBe(0);
  expect(await page.getByRole("button", { name: "Change what counts" }).count()).toBe(0);
  await page.context().close();
});

it("lets an owner say by keyboard what counts as contained, and counts anew", async () => {
  const page = await app.open("owner", "/insight/conversations?range=28d", { name: "olga" });
  const card = page.getByRole("region", { name: "Containment", exact: true });
  const share = card.locator(".containment-share");
  await card.getByText("no agent wrote").waitFor();
  const before = await share.innerText();
  await card.getByRole("button", { name: "Change what counts" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "What counts as contained" });
  await dialog.getByLabel("No person was asked for").press("Space");
  await dialog.getByLabel("No agent wrote").press("Space");
  await dialog.getByLabel("Rating").selectOption({ label: "Not 1" });
  await dialog.getByRole("button", { name: "Save" }).press("Enter");
  await dialog.waitFor({ state: "detached" });
  await card.getByText("not rated 1").waitFor();
  await expect.poll(() => share.innerText()).not.toBe(before);
  expect(await share.innerText()).toContain("100 %".slice(0, 3));
  expect(await card.getByText("no agent wrote").count()).toBe(0);
  await page.context().close();
});

it("says the hours' time zone, and has the week as a table", async () => {
  const page = await app.open("viewer", "/insight/conversations?range=28d", { name: "vera" });
  const week = page.getByRole("figure", { name: "When people write" });
  await week.getByText(/Time zone: \w+/).waitFor();
  await week.getByRole("button", { name: "Table: When people write" }).press("Enter");
  expect(await week.getByRole("rowheader").count()).toBe(7);
  expect(await week.getByRole("columnheader").count()).toBe(25);
  await page.context().close();
});
