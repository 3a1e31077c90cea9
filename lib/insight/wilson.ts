/** Two-sided quantile of the normal distribution for 95 %. */
const Z = 1.96;

/** Wilson's 95 % interval of a share, 0 to 1; of nothing it is all. */
export function wilson(right: number, of: number): { low: number; high: number } {
  if (of === 0) return { low: 0, high: 1 };
  const share = right / of;
  const scale = 1 + (Z * Z) / of;
  const middle = share + (Z * Z) / (2 * of);
  const spread = Z * Math.sqrt((share * (1 - share)) / of + (Z * Z) / (4 * of * of));
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}
