import { fieldOf, fieldsOf, listOf } from "../../../json/lenient.ts";
import { mark } from "../../../language/marks.ts";
import { cut, quote, textIn } from "./brackets.ts";
import type { Described } from "./kinds.ts";

/** Context of a message, each part a mark: forwarded, from an ad, about a product, in reply to. */
export function aroundOf({ type, about = null, quoted }: Described): string[] {
  const fields = fieldsOf(about);
  const product = textIn(fieldsOf(fieldOf(fields, "product")), "productId");
  const answered = quote(quoted);
  return [
    fieldOf(fields, "frequentlyForwarded") === true
      ? mark("forwarded many times")
      : fieldOf(fields, "forwarded") === true
        ? mark("forwarded")
        : "",
    referral(fieldOf(fields, "referral")),
    product && mark(`about product ${product}`),
    // A reaction's own mark names its message.
    answered && type !== "reaction" ? mark("in reply to", answered) : "",
    // The errors of an unsupported message say only that it is unsupported.
    listOf(fieldOf(fields, "metaCodes")).length > 0 && type !== "unsupported" && type !== "unknown"
      ? mark("WhatsApp could not deliver all of this")
      : "",
  ].filter(Boolean);
}

function referral(given: unknown): string {
  const fields = fieldsOf(given);
  if (Object.keys(fields).length === 0) return "";
  const title = [textIn(fields, "headline"), textIn(fields, "body")].filter(Boolean).join(": ");
  const greeting = quote(textIn(fields, "greeting"));
  const source = textIn(fields, "sourceType") === "post" ? "post" : "ad";
  const words = [`from the ${source}`, title && `"${cut(title, 400)}"`].filter(Boolean).join(" ");
  return mark([words, greeting && `which greeted: ${greeting}`].filter(Boolean).join(", "));
}
