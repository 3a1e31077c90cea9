import { fieldsOf, listOf, own } from "../../../json/lenient.ts";
import { bracket, cut, quote, say } from "./brackets.ts";
import type { Described } from "./kinds.ts";

/** What stands around a message, each in brackets: forwarded, from an ad, about a product, in reply to what. */
export function aroundOf({ type, about = null, quoted }: Described): string[] {
  const fields = fieldsOf(about);
  const product = say(fieldsOf(own(fields, "product")), "productId");
  const answered = quote(quoted);
  return [
    own(fields, "frequentlyForwarded") === true
      ? "[forwarded many times]"
      : own(fields, "forwarded") === true
        ? "[forwarded]"
        : "",
    referral(own(fields, "referral")),
    product && `[about product ${product}]`,
    // A reaction says itself what it is to.
    answered && type !== "reaction" ? bracket("in reply to", answered) : "",
    // Of an unsupported message the errors only say that it is one.
    listOf(own(fields, "errorCodes")).length > 0 && type !== "unsupported" && type !== "unknown"
      ? "[WhatsApp could not deliver all of this]"
      : "",
  ].filter(Boolean);
}

function referral(given: unknown): string {
  const fields = fieldsOf(given);
  if (Object.keys(fields).length === 0) return "";
  const told = [say(fields, "headline"), say(fields, "body")].filter(Boolean).join(": ");
  const greeting = quote(say(fields, "greeting"));
  const source = say(fields, "sourceType") === "post" ? "post" : "ad";
  const words = [`from the ${source}`, told && `"${cut(told, 400)}"`].filter(Boolean).join(" ");
  return `[${[words, greeting && `which greeted: ${greeting}`].filter(Boolean).join(", ")}]`;
}
