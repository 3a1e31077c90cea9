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
  const first = firstNumber(environment);
  if (wanted === null) return first;
  const known = configuredNumbers(environment);
  if (known.includes(wanted)) return wanted;
  throw new Error(
    `${wanted} is not a number of this deployment. Configured: ${known.join(", ")} (WHATSAPP_PHONE_NUMBER_ID and WHATSAPP_NUMBERS).`,
  );
}

const firstNumber = (environment: Record<string, string | undefined>): string =>
  environment.WHATSAPP_PHONE_NUMBER_ID?.trim() || LOCAL_PHONE_NUMBER_ID;

/** All business numbers of this deployment, the first one first. */
export function configuredNumbers(environment: Record<string, string | undefined>): string[] {
  const more = moreNumbers.safeParse(environment.WHATSAPP_NUMBERS?.trim() || "[]");
  if (!more.success)
    throw new Error(
      `WHATSAPP_NUMBERS is not valid: ${more.error.issues.map(({ message }) => message).join("; ")}`,
    );
  return [firstNumber(environment), ...more.data.map(({ phoneNumberId }) => phoneNumberId)];
}
