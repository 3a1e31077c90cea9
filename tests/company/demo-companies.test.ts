import { afterAll, beforeAll, expect, test } from "vitest";
import { devCompany } from "../../fakes/companies/arguments.ts";
import { DEMO_COMPANIES, type RunningSystem, startCompanySystem } from "../../fakes/companies/companies.ts";
import { contextHeaders } from "../../lib/tools/behalf/context.ts";
import type { OnBehalfOf } from "../../lib/types/tools/declared.ts";

const SECRET = "shared secret";
const NO_VALUES = { env: () => undefined, secret: () => "", stamp: "" };
let clinic: RunningSystem;
beforeAll(async () => {
  const system = DEMO_COMPANIES.clinic?.system;
  if (!system) throw new Error("the clinic has no system");
  clinic = await startCompanySystem(system, { secret: SECRET, now: Date.now });
});
afterAll(() => clinic.close());

const behalf = (phone: string, key: string): OnBehalfOf => ({
  tenant: { id: "t", phoneNumberId: "1" },
  customer: { phone, waUserId: null },
  conversationId: "c",
  idempotencyKey: key,
});

interface Call {
  phone?: string;
  key?: string;
  method?: string;
  body?: object;
  /** The address that is signed, where it is another one. */
  signed?: string;
  secret?: string;
}

/** Calls the clinic's system as a tool does. */
async function call(path: string, { phone = "573001", key = "k", method = "GET", ...more }: Call = {}) {
  const body = more.body ? JSON.stringify(more.body) : "";
  const request = { method, url: `${clinic.url}${more.signed ?? path}`, body };
  const signing = { secret: more.secret ?? SECRET, values: NO_VALUES, now: Date.now };
  const headers = await contextHeaders(undefined, behalf(phone, key), request, signing);
  return fetch(`${clinic.url}${path}`, { method, headers, ...(body && { body }) });
}

const NEXT_YEAR = new Date().getUTCFullYear() + 1;
/** A Monday. */
const DAY = new Date(Date.UTC(NEXT_YEAR, 5, 1 + ((8 - new Date(Date.UTC(NEXT_YEAR, 5, 1)).getUTCDay()) % 7)))
  .toISOString()
  .slice(0, 10);

test("a system takes only what was signed with its secret for this very address", async () => {
  expect((await fetch(`${clinic.url}/appointments`)).status).toBe(401);
  expect((await call("/appointments", { secret: "another" })).status).toBe(401);
  expect((await call("/appointments", { signed: "/slots?day=x" })).status).toBe(401);
  expect((await call("/appointments")).status).toBe(200);
});

test("an act is done once by its key, and only to what is the customer's", async () => {
  const book = { method: "POST", key: "one", body: { day: DAY, time: "10:00" } };
  const booked = await (await call("/appointments", book)).json();
  expect(booked).toMatchObject({ day: DAY, time: "10:00" });
  expect(await (await call("/appointments", book)).json()).toEqual(booked);
  expect((await call("/appointments", { ...book, key: "two" })).status).toBe(409);
  const { code } = booked as { code: string };
  const foreign = await call(`/appointments/${code}`, { phone: "573002", method: "DELETE", key: "three" });
  expect(foreign.status).toBe(404);
  expect(await (await call("/appointments", { phone: "573002" })).json()).toEqual({ appointments: [] });
  expect(await (await call("/appointments")).json()).toEqual({ appointments: [booked] });
  expect((await call(`/appointments/${code}`, { method: "DELETE", key: "four" })).status).toBe(200);
  expect(await (await call("/appointments")).json()).toEqual({ appointments: [] });
});

test("npm run dev names a demo company", () => {
  expect(devCompany([])).toBe("shop");
  expect(devCompany(["--company", "clinic"])).toBe("clinic");
  expect(devCompany(["--help"])).toBe("help");
  expect(devCompany(["--kompany", "clinic"])).toBeNull();
  expect(Object.keys(DEMO_COMPANIES)).toEqual(["shop", "clinic", "restaurant"]);
});
