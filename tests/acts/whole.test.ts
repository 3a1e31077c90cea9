/** The whole road: a customer's words, the model's call, the question, the tap, the company's own system, the real result. */
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadCompany } from "../../db/company.ts";
import { DEMO_COMPANIES, type RunningSystem, startCompanySystem } from "../../fakes/companies/companies.ts";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { readCompanyFolder } from "../../host/company/folder.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";
import { tap } from "./support.ts";

const { restaurant } = DEMO_COMPANIES;
let system: RunningSystem;
let world: World;
beforeAll(async () => {
  if (!restaurant?.system) throw new Error("the restaurant has a system");
  system = await startCompanySystem(restaurant.system, {
    secret: "restaurant-secret-0123456789",
    now: Date.now,
  });
  world = await startWorld({
    env: { ...system.variables, REPLY_OVERLAP: "off", INTENT_TIMEOUT_MS: "30000", REPLY_TIMEOUT_MS: "60000" },
  });
  const company = await readCompanyFolder(join(PROJECT_DIRECTORY, restaurant.folder));
  await loadCompany(world, WORLD.phoneNumberId, company);
});
afterAll(async () => {
  await world.close();
  await system.close();
});

test.each([
  ["es", "Quiero reservar una mesa para 4 el viernes a las 20:00", /20:00/, ["Confirmar", "No"]],
  ["en", "I want to book a table for 5 on Friday at 19:00", /19:00/, ["Confirm", "No"]],
  ["pt", "Quero reservar uma mesa para 6 na sexta às 21:00", /21:00/, ["Confirmar", "Não"]],
])("%s: a table is asked about, confirmed, and reserved once", async (_language, words, question, titles) => {
  const ana = world.customer(`5215577${Math.floor(100_000 + Math.random() * 900_000)}`);
  await ana.send(words);
  await world.drain();
  const [asked] = ana.replies();
  const shown = JSON.stringify(asked?.body);
  expect(shown).toMatch(question);
  for (const title of titles) expect(shown).toContain(`"title":"${title}"`);
  const [act] = await world.sql<{ id: string; state: string }>`
    select a.id, a.state from acts a join customers u on u.id = a.customer_id where u.phone = ${ana.phone}`;
  expect(act).toMatchObject({ state: "proposed" });
  // One to classify, one that calls the tool: nobody words the question.
  const { length } = world.model.requests;
  await ana.send(titles[0] ?? "", tap(act?.id ?? ""));
  await world.drain();
  expect(world.model.requests).toHaveLength(length);
  const replies = ana.replies();
  expect(replies).toHaveLength(2);
  expect(replies[1]?.text).toMatch(/M-\d{4}/);
  const [done] = await world.sql<{
    state: string;
  }>`select state from acts where id = ${act?.id ?? ""}::uuid`;
  expect(done).toEqual({ state: "executed" });
});
