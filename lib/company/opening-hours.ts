import { z } from "zod";
import { parseRange } from "../hours/range.ts";
import type { OpeningHours } from "../types/company.ts";

const range = z
  .string()
  .refine(
    (text) => parseRange(text) !== null,
    "is not a range: write 10:00-20:00, over midnight 20:00-02:00, all day 00:00-24:00",
  );
const day = z
  .array(range)
  .refine(areApart, "has ranges that overlap: write them apart, 09:00-13:00 and 15:00-19:00");
const exceptions = z.record(z.string(), day).superRefine((dates, context) => {
  for (const date of Object.keys(dates))
    if (!isDate(date))
      context.addIssue({
        code: "custom",
        path: [date],
        message: "is not a date: write 2026-12-24, or 12-24 for every year",
      });
});

/** The opening hours of a company's profile. */
export const openingHoursSchema = z.strictObject({
  sunday: day.exactOptional(),
  monday: day.exactOptional(),
  tuesday: day.exactOptional(),
  wednesday: day.exactOptional(),
  thursday: day.exactOptional(),
  friday: day.exactOptional(),
  saturday: day.exactOptional(),
  exceptions: exceptions.exactOptional(),
}) satisfies z.ZodType<OpeningHours>;

function areApart(texts: readonly string[]): boolean {
  const ranges = texts.flatMap((text) => parseRange(text) ?? []).sort((a, b) => a.from - b.from);
  return ranges.every(({ from }, at) => from > (ranges[at - 1]?.to ?? -1));
}

/** `2026-12-24`, or `12-24` of a year that has every day. */
function isDate(text: string): boolean {
  if (!/^(\d{4}-)?\d\d-\d\d$/.test(text)) return false;
  const iso = text.length === 5 ? `2028-${text}` : text;
  const date = new Date(`${iso}T00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
}
