import { codeStretches, isWithin } from "./code.ts";

/** Signs for LaTeX's commands, those that a price or a sum may need. */
const SIGNS: Readonly<Record<string, string>> = {
  ...{
    times: "×",
    cdot: "·",
    div: "÷",
    pm: "±",
    mp: "∓",
    ast: "*",
    star: "*",
    approx: "≈",
    sim: "~",
    equiv: "≡",
  },
  ...{ leq: "≤", le: "≤", geq: "≥", ge: "≥", neq: "≠", ne: "≠", lt: "<", gt: ">", ll: "≪", gg: "≫" },
  ...{ rightarrow: "→", to: "→", Rightarrow: "⇒", implies: "⇒", leftarrow: "←", longrightarrow: "→" },
  ...{
    infty: "∞",
    degree: "°",
    circ: "°",
    euro: "€",
    pounds: "£",
    yen: "¥",
    dots: "…",
    ldots: "…",
    cdots: "…",
  },
  ...{
    alpha: "α",
    beta: "β",
    pi: "π",
    mu: "μ",
    Delta: "Δ",
    sigma: "σ",
    Sigma: "Σ",
    sum: "Σ",
    therefore: "∴",
  },
  ...{
    quad: " ",
    qquad: " ",
    left: "",
    right: "",
    displaystyle: "",
    limits: "",
    big: "",
    Big: "",
    bigl: "",
    bigr: "",
  },
};
const TEXT =
  "text|textbf|textit|textrm|texttt|mathrm|mathbf|mathit|mathsf|operatorname|boxed|mbox|underline|overline|emph|fbox";
const GROUP = "\\{([^{}]{0,200})\\}";
const COMMAND = new RegExp(
  `\\\\(?:(?:${TEXT})\\s?\\{|(?:[dt]?frac|sqrt)[\\s{[]|(?:${Object.keys(SIGNS).join("|")})(?![A-Za-z]))|\\d\\{,\\}\\d`,
);
/** What nobody writes but in LaTeX, and what may stand there without its delimiters. */
const BARE = new RegExp(
  `(?<![\\w:\\\\/])\\\\(?:(?:${TEXT})${GROUP}|[dt]?frac${GROUP}${GROUP}|sqrt${GROUP}|(?:times|cdot|div|pm|approx|leq|geq|neq|rightarrow|Rightarrow|quad)(?![A-Za-z]))`,
  "g",
);
const DELIMITED =
  /\\\(([^\n]{1,300}?)\\\)|\\\[([\s\S]{1,600}?)\\\]|\$\$([\s\S]{1,600}?)\$\$|(?<![\w$\\])\$(?!\s)((?:[^$\n\\]|\\[^\n]){1,200}?)(?<!\s)\$(?![\w$])/g;

/** Plain text for simple LaTeX: `\(2 \times 189 = 378\)` is `2 × 189 = 378`. Prices (`$5 and $10`) and code stay. */
export function plainMath(source: string): string {
  if (!/\\[A-Za-z([]|\$/.test(source)) return source;
  const code = codeStretches(source);
  const within = (at: number) => isWithin(at, code);
  const undelimited = source.replace(DELIMITED, (whole: string, ...found: unknown[]) => {
    const [round, square, dollars, dollar, at] = found as [string?, string?, string?, string?, number?];
    const inner = round ?? square ?? dollars ?? dollar ?? "";
    if (within(at ?? 0) || /\n\s*\n/.test(inner)) return whole;
    if (
      dollar === undefined
        ? !isMath(inner)
        : !COMMAND.test(inner) && !(/[=^_]/.test(inner) && !/\p{L}{2}/u.test(inner))
    )
      return whole;
    return written(inner);
  });
  if (!COMMAND.test(undelimited)) return undelimited;
  const rest = undelimited === source ? code : codeStretches(undelimited);
  return undelimited.replace(BARE, (command: string, ...found: unknown[]) =>
    isWithin(Number(found.at(-2)), rest) ? command : written(command),
  );
}

/** A command, a relation or a sum, or one number or letter; round brackets around words are only that. */
const isMath = (inner: string): boolean =>
  COMMAND.test(inner) ||
  /[=^_≤≥≈×÷]|[\d)]\s*[-+*/]\s*[\d(]|\\[%$,]/.test(inner) ||
  /^\s*[\d.,]*\s*\p{L}?\s*$/u.test(inner);

const RAISED: Readonly<Record<string, string>> = {
  "0": "⁰",
  "1": "¹",
  "2": "²",
  "3": "³",
  "4": "⁴",
  "5": "⁵",
  "6": "⁶",
  "7": "⁷",
  "8": "⁸",
  "9": "⁹",
  "+": "⁺",
  "-": "⁻",
  n: "ⁿ",
};
const LOWERED: Readonly<Record<string, string>> = {
  "0": "₀",
  "1": "₁",
  "2": "₂",
  "3": "₃",
  "4": "₄",
  "5": "₅",
  "6": "₆",
  "7": "₇",
  "8": "₈",
  "9": "₉",
};

/** Digits above or below the line; other characters stay. */
export const raised = (text: string): string => [...text].map((sign) => RAISED[sign] ?? sign).join("");
export const lowered = (text: string): string => [...text].map((sign) => LOWERED[sign] ?? sign).join("");

/** Rounds of commands within commands. */
const DEPTH = 4;

function written(latex: string): string {
  let text = latex;
  for (let round = 0; round < DEPTH && /\\[A-Za-z]/.test(text); round++) {
    text = text
      .replace(new RegExp(`\\\\(?:${TEXT})\\s?${GROUP}`, "g"), "$1")
      .replace(
        new RegExp(`\\\\[dt]?frac\\s?${GROUP}\\s?${GROUP}`, "g"),
        (_, over: string, under: string) => `${grouped(over)}/${grouped(under)}`,
      )
      .replace(new RegExp(`\\\\sqrt\\s?${GROUP}`, "g"), (_, inner: string) => `√${grouped(inner)}`);
  }
  return text
    .replace(/\\([A-Za-z]{1,20})/g, (command, name: string) =>
      Object.hasOwn(SIGNS, name) ? (SIGNS[name] ?? "") : command,
    )
    .replace(/\\[,;:! ]/g, " ")
    .replace(/\\\\/g, "\n")
    .replace(/\\([%$&#_{}])/g, "$1")
    .replace(/\^\{?([-+\dn]{1,6})\}?/g, (_, digits: string) => raised(digits))
    .replace(/_\{?(\d{1,4})\}?/g, (_, digits: string) => lowered(digits))
    .replace(/(?<=\d)\{,\}(?=\d)/g, ",")
    .replace(/[^\S\n]{2,}/g, " ")
    .trim();
}

const grouped = (inner: string): string =>
  /[\s+\-*/]/.test(inner.trim()) ? `(${inner.trim()})` : inner.trim();
