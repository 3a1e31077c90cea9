import { z } from "zod";

/** Text; empty when missing or of another type. */
const words = z.string().catch("");
const list = <T extends z.ZodType>(item: T) => z.array(item).catch([]);
const textIn = z
  .object({ text: z.string() })
  .transform(({ text }) => text)
  .catch("");

/** A file in Meta's JSON, in either direction. */
export const mediaShape = z.object({
  id: z.coerce.string().optional(),
  link: z.string().optional(),
  caption: words,
  filename: z.string().nullable().catch(null),
  mime_type: z.string().nullable().catch(null),
  voice: z.boolean().catch(false),
});

export const locationShape = z.object({
  latitude: z.coerce.number(),
  longitude: z.coerce.number(),
  name: words,
  address: words,
});

export const contactsShape = z.array(
  z.object({
    name: z
      .object({ formatted_name: words, first_name: words })
      .catch({ formatted_name: "", first_name: "" }),
    org: z.object({ company: words }).catch({ company: "" }),
    phones: list(z.object({ phone: words })),
    emails: list(z.object({ email: words })),
  }),
);

export const reactionShape = z.object({ message_id: z.string(), emoji: words });

const tapShape = z.object({ id: z.string(), title: words, description: words });

/** A customer's reply to an interactive message. */
export const replyShape = z.union([
  z.object({ button_reply: tapShape }).transform((reply) => reply.button_reply),
  z.object({ list_reply: tapShape }).transform((reply) => reply.list_reply),
]);

export const formShape = z.object({ nfm_reply: z.object({ response_json: z.string() }) });

const headerShape = z.looseObject({ type: z.string(), text: words }).nullable().catch(null);

const row = z.object({ id: z.string(), title: words, description: words });
const actionShape = z.object({
  name: words,
  button: words,
  buttons: list(z.object({ reply: z.object({ id: z.string(), title: words }) })),
  sections: list(z.object({ title: words, rows: list(row) })),
  parameters: z
    .object({ display_text: words, url: words, flow_cta: words })
    .catch({ display_text: "", url: "", flow_cta: "" }),
});

/** A business's interactive message. */
export const interactiveShape = z.object({
  type: z.string(),
  header: headerShape,
  body: textIn,
  footer: textIn,
  action: actionShape,
});

const parameter = z.looseObject({ type: z.string(), text: words, payload: words });

export const templateShape = z.object({
  name: z.string(),
  language: z.object({ code: words }).catch({ code: "" }),
  components: list(
    z.object({
      type: z.string().transform((type) => type.toLowerCase()),
      sub_type: words,
      parameters: list(parameter),
    }),
  ),
});
