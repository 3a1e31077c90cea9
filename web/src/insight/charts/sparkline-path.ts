/** Path through the values with a gap where there is none; a value alone is a short stroke. */
export function pathOf(
  values: readonly (number | null)[],
  width: number,
  y: (value: number) => number,
): string {
  const stepX = width / Math.max(1, values.length - 1);
  let path = "";
  values.forEach((value, place) => {
    if (value === null) return;
    const goesOn = place > 0 && values[place - 1] !== null;
    path += `${goesOn ? "L" : "M"}${round(place * stepX)} ${round(y(value))}`;
    const alone = !goesOn && (values[place + 1] ?? null) === null;
    if (alone) path += "h1";
  });
  return path;
}

const round = (value: number): number => Math.round(value * 10) / 10;
