import type { SimCustomer } from "../../../../contracts/simulator.ts";
import type { Language } from "../../../../lib/types/company.ts";
import { recall, remember } from "../../shared/memory.ts";

/** Customer until another is chosen: the demo company's first. */
const FIRST: SimCustomer = { phone: "51987654321", name: "Ana", language: "es" };

/** True for a phone as Meta writes it: digits with the country code, no `+`. */
export function isPhone(text: string): boolean {
  return /^[1-9]\d{6,14}$/.test(text);
}

function isLanguage(value: unknown): value is Language {
  return value === "es" || value === "en" || value === "pt";
}

/** Customer of the last visit. */
export function lastCustomer(): SimCustomer {
  try {
    const { phone, name, language } = JSON.parse(recall("customer") ?? "{}");
    if (typeof phone === "string" && isPhone(phone) && typeof name === "string" && isLanguage(language))
      return { phone, name, language };
  } catch {
    // The stored value is not ours; start with the first customer.
  }
  return FIRST;
}

/** Stores the customer for the next visit. */
export function rememberCustomer(customer: SimCustomer): void {
  remember("customer", JSON.stringify(customer));
}
