import { parsePhoneNumberFromString } from "libphonenumber-js/min";

/** A country whose numbers are written in several ways; all phones are digits without `+`. */
interface Country {
  /** Calling code. */
  code: string;
  /** Today's international spelling of a phone; null when it has no other. */
  canonical(phone: string): string | null;
  /** The other spellings of a canonical phone. */
  others(canonical: string): string[];
}

/**
 * Brazil's mobile numbers got a ninth digit, area by area, until 2016. WhatsApp kept the id of older accounts. Eight digits
 * from 6 on were mobile; those from 2 to 5 are landlines, whose digits after a 9 are somebody else's mobile number.
 */
const BRAZIL: Country = {
  code: "55",
  canonical(phone) {
    const [, area, local] =
      /^55((?:[14689][1-9]|2[12478]|3[1-578]|5[13-5]|7[13-579]))9?([6-9]\d{7})$/.exec(phone) ?? [];
    return local === undefined ? null : `55${area}9${local}`;
  },
  others: (canonical) => [`${canonical.slice(0, 4)}${canonical.slice(5)}`],
};

/** Mexico's 1 before mobile numbers ended in 2019; WhatsApp's ids and older records have it. */
const MEXICO: Country = {
  code: "52",
  canonical(phone) {
    const national = /^521?([2-9]\d{9})$/.exec(phone)?.[1];
    return national === undefined ? null : `52${national}`;
  },
  others: (canonical) => [`521${canonical.slice(2)}`],
};

/**
 * Argentina's mobile numbers have a 9 when called from abroad, a 15 behind the area code at home, and in many records
 * neither. Landlines and mobile phones share one plan of ten digits, so that no two lines differ by these alone.
 */
const ARGENTINA: Country = {
  code: "54",
  canonical(phone) {
    const national = /^549?((?:11|[23]\d)\d{8})$/.exec(phone)?.[1];
    if (national !== undefined) return `549${national}`;
    const canonical = /^54\d{2,4}15\d{6,8}$/.test(phone) ? withoutFifteen(phone) : null;
    return canonical !== null && withFifteen(canonical) === phone ? canonical : null;
  },
  others(canonical) {
    const fifteen = withFifteen(canonical);
    return [`54${canonical.slice(3)}`, ...(ARGENTINA.canonical(fifteen) === canonical ? [fifteen] : [])];
  },
};

/** Benin put 01 before every number on 30 November 2024. */
const BENIN: Country = {
  code: "229",
  canonical(phone) {
    const local = /^229(?:01)?([2-9]\d{7})$/.exec(phone)?.[1];
    return local === undefined ? null : `22901${local}`;
  },
  others: (canonical) => [`229${canonical.slice(5)}`],
};

const COUNTRIES = [BRAZIL, MEXICO, ARGENTINA, BENIN];

/** `54 11 15 2233 4455` as `54 9 11 2233 4455`: only the library knows where an area code ends. */
function withoutFifteen(phone: string): string | null {
  const number = parsePhoneNumberFromString(`+${phone}`)?.number.slice(1) ?? "";
  return /^549(?:11|[23]\d)\d{8}$/.test(number) ? number : null;
}

function withFifteen(canonical: string): string {
  const national = parsePhoneNumberFromString(`+${canonical}`)?.formatNational() ?? "";
  return `54${national.replace(/\D/g, "").replace(/^0/, "")}`;
}

/** Every spelling of a phone's line, digits without `+`: the given one first. Different lines share none. */
export function spellingsOf(phone: string): [string, ...string[]] {
  const country = COUNTRIES.find(({ code }) => phone.startsWith(code));
  const canonical = country?.canonical(phone) ?? null;
  if (country === undefined || canonical === null) return [phone];
  const all = [canonical, ...country.others(canonical)];
  return [phone, ...all.filter((other) => other !== phone)];
}

/** The spelling that stands for all spellings of a phone's line: today's international one. */
export function canonicalPhone(phone: string): string {
  return COUNTRIES.find(({ code }) => phone.startsWith(code))?.canonical(phone) ?? phone;
}
