const JOINING =
  "Arabic Syriac Mongolian Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala"
    .split(" ")
    .map((script) => `\\p{Script_Extensions=${script}}`)
    .join("");

/** Hidden characters with a purpose, with their context. */
const KEPT: readonly RegExp[] = [
  // Flags of England, Scotland and Wales.
  /\u{1F3F4}\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F}/u,
  // A picture shown in colour, a keycap, several pictures joined to one.
  /\p{Extended_Pictographic}[\uFE0E\uFE0F](?:\u20E3)?|[0-9#*]\uFE0F\u20E3/u,
  /(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)\u200D(?=\p{Extended_Pictographic})/u,
  // Joiners between letters of scripts whose spelling needs them.
  new RegExp(`(?<=[${JOINING}])[\\u200C\\u200D](?=[${JOINING}])`, "u"),
];

/**
 * Invisible characters: control characters except tab and line break, format characters (bidi controls, zero-width
 * characters, tags), variation selectors, fillers, private-use characters.
 */
const HIDDEN =
  /(?![\t\n])(?:[\p{Cc}\p{Cf}\p{Co}\u115F\u1160\u2800\u3164\uFFA0]|\p{Variation_Selector}|\u034F|\u17B4|\u17B5)/u;

const EITHER = new RegExp(
  `(${KEPT.map(({ source }) => source).join("|")})|(\\r\\n?|[\\u2028\\u2029])|${HIDDEN.source}`,
  "gu",
);

/** No script needs more marks on one letter, and ordering a long pile of them takes quadratic time. */
const PILE = /(\p{M}{8})\p{M}+/gu;

/** The text without invisible characters, except where an emoji or a script needs them; line breaks as `\n`. */
export function withoutHidden(text: string): string {
  return text
    .replace(EITHER, (_, kept?: string, lineBreak?: string) => kept ?? (lineBreak ? "\n" : ""))
    .replace(PILE, "$1");
}
