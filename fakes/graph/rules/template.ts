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

/** Type of the parameter that each kind of button takes. */
const PARAMETER_OF = {
  quick_reply: "payload",
  url: "text",
  flow: "action",
  copy_code: "coupon_code",
} as const;

const button = z
  .strictObject({
    type: z.literal("button"),
    sub_type: z
      .string()
      .toLowerCase()
      .pipe(z.enum(["quick_reply", "url", "flow", "copy_code"])),
    index: z.coerce.number().int().min(0).max(9),
    parameters: z.array(parameter).max(1),
  })
  .superRefine(({ sub_type, parameters }, context) => {
    const wrong = parameters.findIndex(({ type }) => type !== PARAMETER_OF[sub_type]);
    if (wrong >= 0)
      context.addIssue({
        code: "custom",
        path: ["parameters", wrong, "type"],
        message: `Must be ${PARAMETER_OF[sub_type]} in a ${sub_type} button.`,
      });
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
