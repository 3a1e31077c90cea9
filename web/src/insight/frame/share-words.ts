/** A percentage, finer near 100 % where a target lies; only all of them are 100 %. */
export function shareWords(share: number, language: string): string {
  const digits = share >= 0.99 && share < 1 ? 2 : share >= 0.9 && share < 0.99 ? 1 : 0;
  const step = 10 ** (digits + 2);
  // The small addition undoes what binary fractions lose: 0.29 · 100 is 28.999…
  const floored = Math.floor(share * step + 1e-9) / step;
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: digits }).format(floored);
}
