import type { SimCustomer } from "../../contracts/simulator.ts";

/** The demo company's customers (`demo/orders.json` holds their orders). */
export const DEMO_CUSTOMERS: readonly SimCustomer[] = [
  { phone: "51987654321", name: "Ana", language: "es" },
  { phone: "5511987654321", name: "João", language: "pt" },
  { phone: "15551234567", name: "Kate", language: "en" },
];
