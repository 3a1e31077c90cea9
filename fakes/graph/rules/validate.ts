import { z } from "zod";
import { contacts } from "./contacts.ts";
import { audio, document, filled, location, picture, reaction, sticker, text } from "./content.ts";
import { interactive } from "./interactive.ts";
import { type Refusal, refusal } from "./refusals.ts";
import { template } from "./template.ts";

/** Rules of each type's own object, written from Meta's pages on each message type and independent of the bot's builders. */
const CONTENT = {
  audio,
  contacts,
  document,
  image: picture,
  interactive,
  location,
  reaction,
  sticker,
  template,
  text,
  video: picture,
} as const;

const TYPES = z.object(CONTENT).keyof().options;

const messagingProduct = z.literal("whatsapp", "The parameter messaging_product is required.");

const markRead = z.object({
  messaging_product: messagingProduct,
  status: z.literal("read"),
  message_id: z.string("The parameter message_id is required.").min(1),
  typing_indicator: z.object({ type: z.literal("text") }).optional(),
});

const message = z
  .looseObject({
    messaging_product: messagingProduct,
    recipient_type: z.literal("individual").optional(),
    // Meta accepts a number without `+` and prepends the business's country code: refused here, because the message
    // would reach a stranger.
    to: z
      .string()
      .regex(/^\+\d{5,20}$/, "The parameter to must be + and digits.")
      .optional(),
    recipient: z
      .string()
      .regex(
        /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/,
        "The parameter recipient must be a business-scoped user id.",
      )
      .optional(),
    type: z.enum(TYPES, `Param type must be one of {${TYPES.join(", ").toUpperCase()}}.`).default("text"),
    context: z.object({ message_id: filled }).optional(),
    biz_opaque_callback_data: z.string().max(512).optional(),
  })
  .refine((body) => body.to !== undefined || body.recipient !== undefined, {
    message: "One of the parameters to and recipient is required.",
  })
  .refine((body) => body[body.type] !== undefined, {
    message: "The object named by the parameter type is required.",
  })
  .refine((body) => !(body.type === "reaction" && body.context), {
    message: "A reaction quotes nothing.",
    path: ["context"],
  });

/** A message that Meta would take, as it was posted. */
export type MessageBody = z.infer<typeof message>;

/** A request to `/messages` that Meta would take: a message, or a read mark with or without typing. */
export type Accepted =
  | { kind: "message"; body: MessageBody }
  | { kind: "read"; body: z.infer<typeof markRead> };

/** Reads the body of a request to `/messages` as strictly as Meta does. */
export function validate(body: unknown): Accepted | Refusal {
  const isRead = typeof body === "object" && body !== null && "status" in body;
  if (isRead) {
    const read = markRead.safeParse(body);
    return read.success ? { kind: "read", body: read.data } : refused(read.error, body);
  }
  const sent = message.safeParse(body);
  if (!sent.success) return refused(sent.error, body);
  const { type } = sent.data;
  const content = CONTENT[type].safeParse(sent.data[type]);
  return content.success ? { kind: "message", body: sent.data } : refused(content.error, body, [type]);
}

/** Meta's code for the first problem, with the parameter's name in the details. */
function refused({ issues: [issue] }: z.ZodError, body: unknown, within: string[] = []): Refusal {
  if (!issue) return refusal(100, "Invalid body.");
  const path = [...within, ...issue.path];
  const details = path.length > 0 ? `${nameOf(path)}: ${issue.message}` : issue.message;
  const general = path.length <= 1 || path[0] === "text" || path[0] === "context";
  if (general || issue.code === "unrecognized_keys") return refusal(100, details);
  return refusal(valueAt(body, path) === undefined ? 131_008 : 131_009, details);
}

/** As Meta writes it: `text['body']`. */
function nameOf([first, ...rest]: PropertyKey[]): string {
  return (
    String(first) + rest.map((key) => (typeof key === "number" ? `[${key}]` : `['${String(key)}']`)).join("")
  );
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (within, key) => (typeof within === "object" && within !== null ? Reflect.get(within, key) : undefined),
    value,
  );
}
