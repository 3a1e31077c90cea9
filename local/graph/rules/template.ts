import { z } from "zod";
import { filled, headerFile, words } from "./content.ts";

const parameter = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: words(32_768), parameter_name: filled.optional() }),
  z.strictObject({ type: z.literal("image"), image: headerFile.picture }),
  z.strictObject({ type: z.literal("video"), video: headerFile.picture }),
  z.strictObject({ type: z.literal("document"), document: headerFile.document }),
  z.strictObject({ type: z.literal("payload"), payload: filled }),
  z.strictObject({ type: z.literal("coupon_code"), coupon_code: filled }),
  z.strictObject({
    type: z.literal("action"),
    action: z.strictObject({ flow_token: filled.optional(), flow_action_data: z.unknown().optional() }),
  }),
]);

const button = z.strictObject({
  type: z.literal("button"),
  sub_type: z
    .string()
    .toLowerCase()
    .pipe(z.enum(["quick_reply", "url", "flow", "copy_code"])),
  index: z.coerce.number().int().min(0).max(9),
  parameters: z.array(parameter).max(1),
});

/** Under `template`. */
export const template = z.strictObject({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/, "Must be lower-case letters, digits and _."),
  language: z.strictObject({
    code: filled,
    policy: z.literal("deterministic").optional(),
  }),
  components: z
    .array(
      z.discriminatedUnion("type", [
        z.strictObject({ type: z.literal("header"), parameters: z.array(parameter).max(1) }),
        z.strictObject({ type: z.literal("body"), parameters: z.array(parameter) }),
        button,
      ]),
    )
    .optional(),
});

export type Template = z.infer<typeof template>;
export type TemplateParameter = z.infer<typeof parameter>;
