import { z } from "zod";
import type { Rate, RateInput, RatesImport } from "../../../contracts/console/money.ts";
import { isMarket } from "../../insight/markets.ts";
import { RATE_CATEGORIES } from "../../insight/rates.ts";

/** Dearer than any price of Meta's: a slip of the decimal point. */
const MOST_USD = 10;
const FIRST_DAY = "2020-01-01";
const LAST_DAY = "2099-12-31";
/** Over two thousand lines of Meta's card. */
export const MAX_CSV = 256 * 1024;

const market = z
  .string()
  .max(40)
  .refine(isMarket, "is not a market of Meta's card, nor a country's two letters");
export const priceUsd = z
  .number("must be a number")
  .min(0, "must not be negative")
  .max(MOST_USD, `must not be over $${MOST_USD} for one message`);
export const validFrom = z.iso
  .date("must be a day such as 2026-10-01")
  .refine((day) => day >= FIRST_DAY && day <= LAST_DAY, `must lie between ${FIRST_DAY} and ${LAST_DAY}`);

const fields = {
  market,
  category: z.enum(RATE_CATEGORIES, `must be one of ${RATE_CATEGORIES.join(", ")}`),
  priceUsd,
  validFrom,
};

export const rateSchema: z.ZodType<Rate> = z.strictObject(fields);
export const rateInput: z.ZodType<RateInput> = z.strictObject({ ...fields, was: priceUsd.nullable() });
export const importSchema: z.ZodType<RatesImport> = z.strictObject({
  csv: z.string().min(1, "the file is empty").max(MAX_CSV, "the file is over 256 KB"),
  validFrom,
});
