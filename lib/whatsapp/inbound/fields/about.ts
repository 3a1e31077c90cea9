import { type Fields, fieldOf, fieldsOf, idOf, listOf, metaCodesOf, textOf } from "../../../json/lenient.ts";
import type { InboundMessage } from "../../../types/inbound.ts";
import type { Json } from "../../../types/json.ts";
import { META_ERRORS } from "../../errors.ts";

/**
 * Context that Meta gives with a message, null when none: `forwarded`, `frequentlyForwarded`, the `product` asked about,
 * the `referral` (ad or post; its `clickId` is for attribution, not for the model) and `metaCodes`.
 */
export function aboutOf(message: Fields): Json {
  const context = fieldsOf(fieldOf(message, "context"));
  const metaCodes = metaCodesOf(fieldOf(message, "errors"));
  const about: Record<string, Json> = {
    ...(flag(fieldOf(context, "forwarded")) && { forwarded: true }),
    ...(flag(fieldOf(context, "frequently_forwarded")) && { frequentlyForwarded: true }),
    ...named("product", picked(fieldsOf(fieldOf(context, "referred_product")), PRODUCT)),
    ...named("referral", referralOf(fieldsOf(fieldOf(message, "referral")))),
    ...(metaCodes.length > 0 && { metaCodes }),
  };
  return Object.keys(about).length === 0 ? null : about;
}

/** True when WhatsApp itself lost the content; an unsupported type has another code. */
export function isUnavailable(message: Pick<InboundMessage, "about">): boolean {
  return listOf(fieldOf(fieldsOf(message.about), "metaCodes")).includes(META_ERRORS.unavailable.code);
}

const flag = (value: unknown): boolean => value === true || value === "true";

type ReadField = (value: unknown) => string | null;

const words: ReadField = (value) => textOf(value, 1_024);
/** Dropped when too long, because a cut link leads nowhere. */
const link: ReadField = (value) =>
  typeof value === "string" && value.length <= 2_048 ? textOf(value, 2_048) : null;

const PRODUCT = { catalogId: ["catalog_id", idOf], productId: ["product_retailer_id", idOf] } as const;

const REFERRAL = {
  headline: ["headline", words],
  body: ["body", words],
  sourceType: ["source_type", words],
  sourceId: ["source_id", idOf],
  sourceUrl: ["source_url", link],
  mediaType: ["media_type", words],
  imageUrl: ["image_url", link],
  videoUrl: ["video_url", link],
  thumbnailUrl: ["thumbnail_url", link],
  clickId: ["ctwa_clid", link],
} as const;

function referralOf(referral: Fields): Record<string, Json> {
  const greeting = words(fieldOf(fieldsOf(fieldOf(referral, "welcome_message")), "text"));
  return { ...picked(referral, REFERRAL), ...(greeting !== null && { greeting }) };
}

/** Fields of `from` that are present, under our names. */
function picked(
  from: Fields,
  table: Readonly<Record<string, readonly [string, ReadField]>>,
): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(table)
      .map(([ours, [theirs, read]]) => [ours, read(fieldOf(from, theirs))] as const)
      .filter(([, value]) => value !== null),
  );
}

const named = (name: string, fields: Record<string, Json>): Record<string, Json> =>
  Object.keys(fields).length === 0 ? {} : { [name]: fields };
