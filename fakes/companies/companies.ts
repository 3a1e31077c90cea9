import { listen, stopListening } from "../../host/server/listen.ts";
import { DISHES, type Product, SHOP_PRODUCTS } from "./catalogs.ts";
import { clinicSystem } from "./clinic.ts";
import { restaurantSystem } from "./restaurant.ts";
import type { CompanySystem, SystemOptions } from "./system.ts";

/** A company of `npm run dev`. */
export interface DemoCompany {
  /** Its folder, from the project's root. */
  folder: string;
  /** Its number at the Graph API stand-in: companies keep apart what they store. */
  phoneNumberId: string;
  /** Its own system, and the variable by which its tools name the address; null: the order system (`fakes/company-api.ts`). */
  system: { create(options: SystemOptions): CompanySystem; variable: string } | null;
  /** What the simulator's customers fill carts from; the company has a tool that takes them. */
  catalog: readonly Product[];
}

/** The usual one. */
export const SHOP: DemoCompany = {
  folder: "demo",
  phoneNumberId: "100000000000001",
  system: null,
  catalog: SHOP_PRODUCTS,
};

/** The demo companies by name. */
export const DEMO_COMPANIES: Readonly<Record<string, DemoCompany>> = {
  shop: SHOP,
  clinic: {
    folder: "companies/clinic",
    phoneNumberId: "100000000000002",
    system: { create: clinicSystem, variable: "TOOL_CLINIC_URL" },
    catalog: [],
  },
  restaurant: {
    folder: "companies/restaurant",
    phoneNumberId: "100000000000003",
    system: { create: restaurantSystem, variable: "TOOL_RESTAURANT_URL" },
    catalog: DISHES,
  },
};

/** A running system, and the variables by which its company's tools reach it. */
export interface RunningSystem {
  url: string;
  variables: Record<string, string>;
  close(): Promise<void>;
}

/** Starts a company's own system on loopback. */
export async function startCompanySystem(
  { create, variable }: NonNullable<DemoCompany["system"]>,
  { port = 0, ...options }: SystemOptions & { port?: number },
): Promise<RunningSystem> {
  const app = create(options);
  app.onError((_error, context) => context.json({ error: "bad request" }, 400));
  const { server, url } = await listen(app, port, "127.0.0.1");
  return {
    url,
    variables: { [variable]: url, ALLOW_TOOL_HOSTS: new URL(url).host, COMPANY_API_SECRET: options.secret },
    close: () => stopListening(server),
  };
}
