import type { Language } from "../../../lib/types/company.ts";
import type { SimCustomer } from "../api.ts";
import { recall, remember } from "../shared/memory.ts";

/** Who writes until somebody else is chosen: the demo company's first customer. */
const FIRST: SimCustomer = { phone: "51987654321", name: "Ana", language: "es" };

/** WhatsApp numbers as Meta writes them: digits with the country code, no `+`. */
export function isPhone(text: string): boolean {
  return /^[1-9]\d{6,14}$/.test(text);
}

function isLanguage(value: unknown): value is Language {
  return value === "es" || value === "en" || value === "pt";
}

/** The customer of the last visit. */
export function lastCustomer(): SimCustomer {
  try {
    const { phone, name, language } = JSON.parse(recall("customer") ?? "{}");
    if (typeof phone === "string" && isPhone(phone) && typeof name === "string" && isLanguage(language))
      return { phone, name, language };
  } catch {
    // Something else wrote there; begin anew.
  }
  return FIRST;
}

/** Keeps the customer for the next visit. */
export function rememberCustomer(customer: SimCustomer): void {
  remember("customer", JSON.stringify(customer));
}
