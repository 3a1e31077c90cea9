import { LOCAL_PHONE_NUMBER_ID } from "../../fakes/services.ts";
import { moreNumbers } from "../../lib/config/numbers.ts";

/**
 * The business number to load a company for: `wanted`, or the first one when null. Throws an error that lists the configured
 * numbers when it is none of them.
 */
export function companyNumber(
  environment: Record<string, string | undefined>,
  wanted: string | null,
): string {
  const first = environment.WHATSAPP_PHONE_NUMBER_ID?.trim() || LOCAL_PHONE_NUMBER_ID;
  if (wanted === null) return first;
  const more = moreNumbers.safeParse(environment.WHATSAPP_NUMBERS?.trim() || "[]");
  if (!more.success)
    throw new Error(
      `WHATSAPP_NUMBERS is not valid: ${more.error.issues.map(({ message }) => message).join("; ")}`,
    );
  const known = [first, ...more.data.map(({ phoneNumberId }) => phoneNumberId)];
  if (known.includes(wanted)) return wanted;
  throw new Error(
    `${wanted} is not a number of this deployment. Configured: ${known.join(", ")} (WHATSAPP_PHONE_NUMBER_ID and WHATSAPP_NUMBERS).`,
  );
}
