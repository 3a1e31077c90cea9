import { fieldsOf, listOf, own } from "../../../json/lenient.ts";
import { bracket, say } from "./brackets.ts";

/** A contact card that a person sent, in brackets; one that answers our request is their own number. */
export function contactCard(item: unknown): string {
  const card = fieldsOf(item);
  const name = fieldsOf(own(card, "name"));
  const phones = firstOf(own(card, "phones"), ["phone", "wa_id"]);
  const emails = firstOf(own(card, "emails"), ["email"]);
  return bracket(
    own(card, "origin") === "contact_request" ? "shared their own number" : "contact",
    say(name, "formatted_name") || say(name, "first_name"),
    say(fieldsOf(own(card, "org")), "company"),
    ...phones,
    ...emails,
  );
}

/** Of each of the first five items, the first of `keys` that it has. */
function firstOf(list: unknown, keys: readonly string[]): string[] {
  return listOf(list)
    .slice(0, 5)
    .map((item) => keys.map((key) => say(fieldsOf(item), key)).find(Boolean) ?? "");
}
