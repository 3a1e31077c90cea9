const SMALLEST = 0.0001;

/** A percentage, finer near 0 and near 100 % where a target lies; only all of them are 100 %, and only none are 0 %. */
export function shareWords(share: number, language: string): string {
  const digits = digitsOf(share);
  const step = 10 ** (digits + 2);
  // The small addition undoes what binary fractions lose: 0.29 · 100 is 28.999…
  const floored = Math.floor(share * step + 1e-9) / step;
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: digits });
  return share > 0 && floored === 0 ? `< ${percent.format(SMALLEST)}` : percent.format(floored);
}

function digitsOf(share: number): number {
  if (share >= 1 || share <= 0) return 0;
  if (share >= 0.99 || share < 0.01) return 2;
  return share >= 0.9 ? 1 : 0;
}
