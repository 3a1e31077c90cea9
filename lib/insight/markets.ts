/**
 * Markets of Meta's rate card, and the countries in them.
 * Source: "Country calling codes" of https://developers.facebook.com/documentation/business-messaging/whatsapp/pricing, and the card of
 * 1 October 2026, from which on the nine countries of `SINCE_OCTOBER` have prices of their own. Both were read in stored copies.
 */

/** Countries with a price of their own, by the names of the card. */
const OWN: Readonly<Record<string, string>> = {
  ...{ AR: "Argentina", BR: "Brazil", CL: "Chile", CO: "Colombia", EG: "Egypt", FR: "France", DE: "Germany" },
  ...{ HK: "Hong Kong", HU: "Hungary", IN: "India", ID: "Indonesia", IL: "Israel", IT: "Italy" },
  ...{ MY: "Malaysia", MX: "Mexico", NL: "Netherlands", NG: "Nigeria", PK: "Pakistan", PE: "Peru" },
  ...{ PL: "Poland", QA: "Qatar", RO: "Romania", RU: "Russia", SA: "Saudi Arabia", SG: "Singapore" },
  ...{ ZA: "South Africa", ES: "Spain", TR: "Turkey", AE: "United Arab Emirates", GB: "United Kingdom" },
};

/** Before, and where no price of theirs is entered, those of their group hold. */
const SINCE_OCTOBER: Readonly<Record<string, string>> = {
  ...{ BD: "Bangladesh", IQ: "Iraq", KZ: "Kazakhstan", KW: "Kuwait", MA: "Morocco", NP: "Nepal" },
  ...{ OM: "Oman", LK: "Sri Lanka", UA: "Ukraine" },
};

const GROUPS = {
  north_america: { name: "North America", countries: "US CA" },
  rest_of_africa: {
    name: "Rest of Africa",
    countries:
      "DZ AO BJ BW BF BI CM TD CG CI ER ET GA GM GH GW KE LS LR LY MG MW ML MR MA MZ NA NE RW SN SL SO SS SD SZ TZ TG TN UG ZM ZW",
  },
  rest_of_asia_pacific: {
    name: "Rest of Asia Pacific",
    countries: "AF AU BD KH CN HK JP LA MN NP NZ PG PH SG LK TW TJ TH TM UZ VN",
  },
  rest_of_central_eastern_europe: {
    name: "Rest of Central & Eastern Europe",
    countries: "AL AM AZ BY BG HR CZ GE GR HU LV LT MD MK PL RO RS SK SI UA",
  },
  rest_of_latin_america: {
    name: "Rest of Latin America",
    countries: "BO CR DO EC SV GT HT HN JM NI PA PY PR UY VE",
  },
  rest_of_middle_east: { name: "Rest of Middle East", countries: "BH IQ JO KW LB OM QA YE" },
  rest_of_western_europe: { name: "Rest of Western Europe", countries: "AT BE DK FI IE NO PT SE CH" },
  other: { name: "Other", countries: "" },
} as const;

type Group = keyof typeof GROUPS;

const GROUP_OF = new Map<string, Group>(
  (Object.keys(GROUPS) as Group[]).flatMap((group) =>
    GROUPS[group].countries.split(" ").map((country): [string, Group] => [country, group]),
  ),
);

/** All of the rest that has a calling code: Meta's "Other". */
const OTHERS =
  "AC AD AW BA BB BN BS BT BZ CD CF CK CU CV CW CY DJ EE FJ FK FM FO GI GL GN GP GQ GY IO IR IS KI KM KP LI LU MC ME MH MM MO MQ MT MU MV NC NF NR NU PF PM PS PW RE SB SC SH SM SR ST SY TK TL TO TT TV VU WF WS XK";

/** Markets of the card in its order: countries, then groups. */
export const MARKETS: readonly { market: string; name: string }[] = [
  ...Object.entries({ ...OWN, ...SINCE_OCTOBER })
    .map(([market, name]) => ({ market, name }))
    .sort((a, b) => a.name.localeCompare(b.name)),
  ...(Object.keys(GROUPS) as Group[]).map((market) => ({ market, name: GROUPS[market].name })),
];

/** Countries without a price of their own on the card. */
export const OTHER_COUNTRIES: readonly string[] = [...GROUP_OF.keys(), ...OTHERS.split(" ")]
  .filter((country) => country !== "" && !(country in OWN) && !(country in SINCE_OCTOBER))
  .sort();

const OTHER_NAMES: Readonly<Record<string, string>> = {
  türkiye: "TR",
  turkiye: "TR",
  "hong kong sar": "HK",
  "rest of central and eastern europe": "rest_of_central_eastern_europe",
};

const BY_NAME = new Map<string, string>([
  ...MARKETS.flatMap(({ market, name }): [string, string][] => [
    [name.toLowerCase(), market],
    [market.toLowerCase(), market],
  ]),
  ...OTHER_COUNTRIES.map((country): [string, string] => [country.toLowerCase(), country]),
  ...Object.entries(OTHER_NAMES),
]);

/** The market of a name of Meta's card or of two letters; null for none. */
export const marketNamed = (name: string): string | null => BY_NAME.get(name.trim().toLowerCase()) ?? null;

/** True for a market that a price can be entered for. */
export const isMarket = (market: string): boolean => marketNamed(market) === market;

/** Markets whose price can hold in a country, the nearest first; none for a country that is not known. */
export function marketsOf(country: string): readonly string[] {
  if (!isMarket(country) || country in GROUPS) return [];
  const group = GROUP_OF.get(country) ?? (country in OWN ? null : "other");
  return group === null ? [country] : [country, group];
}
