import { z } from "zod";
import { filled, headerFile, tapId, webAddress, words } from "./content.ts";

const body = (max: number) => z.strictObject({ text: words(max) });
const footer = z.strictObject({ text: words(60) }).optional();
const textHeader = z.strictObject({ type: z.literal("text"), text: words(60) });
const anyHeader = z
  .discriminatedUnion("type", [
    textHeader,
    z.strictObject({ type: z.literal("image"), image: headerFile.picture }),
    z.strictObject({ type: z.literal("video"), video: headerFile.picture }),
    z.strictObject({ type: z.literal("document"), document: headerFile.document }),
  ])
  .optional();

const distinct = (values: readonly string[]): boolean => new Set(values).size === values.length;

const buttons = z
  .array(
    z.strictObject({ type: z.literal("reply"), reply: z.strictObject({ id: tapId(256), title: words(20) }) }),
  )
  .min(1)
  .max(3)
  .refine((all) => distinct(all.map(({ reply }) => reply.title)), "Every title must be different.")
  .refine((all) => distinct(all.map(({ reply }) => reply.id)), "Every id must be different.");

const row = z.strictObject({ id: tapId(200), title: words(24), description: words(72).optional() });
const sections = z
  .array(z.strictObject({ title: words(24).optional(), rows: z.array(row).min(1) }))
  .min(1)
  .max(10)
  .superRefine((all, context) => {
    const rows = all.flatMap((section) => section.rows);
    if (rows.length > 10) context.addIssue("Total row count exceeds the maximum of 10.");
    if (!distinct(rows.map(({ id }) => id))) context.addIssue("Every row id must be different.");
    const untitled = all.length > 1 ? all.findIndex((section) => section.title === undefined) : -1;
    if (untitled >= 0)
      context.addIssue({
        code: "custom",
        path: [untitled, "title"],
        message: "Required with several sections.",
      });
  });

const flow = z.strictObject({
  flow_message_version: z.literal("3"),
  flow_id: filled.optional(),
  flow_name: filled.optional(),
  flow_cta: words(30).refine((label) => !/\p{Extended_Pictographic}/u.test(label), "No emoji allowed."),
  flow_token: filled,
  mode: z.enum(["draft", "published"]).optional(),
  flow_action: z.enum(["navigate", "data_exchange"]).optional(),
  flow_action_payload: z
    .strictObject({
      screen: filled,
      data: z
        .record(z.string(), z.unknown())
        .refine((data) => Object.keys(data).length > 0, "Must not be empty.")
        .optional(),
    })
    .optional(),
});
const oneFlow = flow.refine((value) => "flow_id" in value !== "flow_name" in value, {
  message: "Exactly one of flow_id and flow_name is required.",
  path: ["flow_id"],
});

const ask = <const Name extends string>(name: Name) => z.strictObject({ name: z.literal(name) });
const asksForContact = { body: body(1024), action: ask("request_contact_info") };

/** Under `interactive`, by its own type. */
export const interactive = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("button"),
    header: anyHeader,
    body: body(1024),
    footer,
    action: z.strictObject({ buttons }),
  }),
  z.strictObject({
    type: z.literal("list"),
    header: textHeader.optional(),
    body: body(4096),
    footer,
    action: z.strictObject({ button: words(20), sections }),
  }),
  z.strictObject({
    type: z.literal("cta_url"),
    header: anyHeader,
    body: body(1024),
    footer,
    action: z.strictObject({
      name: z.literal("cta_url"),
      parameters: z.strictObject({ display_text: words(20), url: webAddress }),
    }),
  }),
  z.strictObject({
    type: z.literal("flow"),
    header: anyHeader,
    body: body(1024),
    footer,
    action: z.strictObject({ name: z.literal("flow"), parameters: oneFlow }),
  }),
  z.strictObject({
    type: z.literal("location_request_message"),
    body: body(1024),
    action: ask("send_location"),
  }),
  // Meta's page and its API resellers name this type differently: both are accepted.
  z.strictObject({ type: z.literal("contact_request"), ...asksForContact }),
  z.strictObject({ type: z.literal("request_contact_info"), ...asksForContact }),
]);
