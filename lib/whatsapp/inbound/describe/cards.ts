import { fieldOf, fieldsOf, listOf } from "../../../json/lenient.ts";
import { mark } from "../../../language/marks.ts";
import { textIn } from "./brackets.ts";

/** Mark of a contact card; a card that answers our request is the customer's own number. */
export function contactCard(item: unknown): string {
  const card = fieldsOf(item);
  const name = fieldsOf(fieldOf(card, "name"));
  const phones = firstOf(fieldOf(card, "phones"), ["phone", "wa_id"]);
  const emails = firstOf(fieldOf(card, "emails"), ["email"]);
  return mark(
    fieldOf(card, "origin") === "contact_request" ? "shared their own number" : "contact",
    textIn(name, "formatted_name") || textIn(name, "first_name"),
    textIn(fieldsOf(fieldOf(card, "org")), "company"),
    ...phones,
    ...emails,
  );
}

/** First of `keys` that each item has, for the first five items. */
function firstOf(list: unknown, keys: readonly string[]): string[] {
  return listOf(list)
    .slice(0, 5)
    .map((item) => keys.map((key) => textIn(fieldsOf(item), key)).find(Boolean) ?? "");
}
