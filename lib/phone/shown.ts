import { parsePhoneNumberFromString } from "libphonenumber-js/min";

/** A phone (digits without `+`) as people write it, e.g. `+51 987 654 321`. */
export function shownPhone(phone: string): string {
  return parsePhoneNumberFromString(`+${phone}`)?.formatInternational() ?? `+${phone}`;
}
