import { z } from "zod";
import { invalidParameter, type Refusal } from "./refusals.ts";

const TYPES = [
  "audio",
  "contacts",
  "document",
  "image",
  "interactive",
  "location",
  "reaction",
  "sticker",
  "template",
  "text",
  "video",
] as const;

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
    recipient_type: z.enum(["individual", "group"]).optional(),
    // Meta takes a number without `+` and prepends the business's own country code: refused here, because
    // the message would reach a stranger.
    to: z
      .string()
      .regex(/^\+\d{5,20}$/, "The parameter to must be + and digits.")
      .optional(),
    recipient: z.string().min(1).max(160).optional(),
    type: z.enum(TYPES, `Param type must be one of {${TYPES.join(", ").toUpperCase()}}.`).default("text"),
    text: z
      .object({
        body: z
          .string("The parameter text['body'] is required.")
          .min(1, "The parameter text['body'] is required.")
          .max(4096, "Param text['body'] must be at most 4096 characters long."),
        preview_url: z.boolean().optional(),
      })
      .optional(),
    context: z.object({ message_id: z.string().min(1) }).optional(),
    biz_opaque_callback_data: z
      .string()
      .max(512, "Param biz_opaque_callback_data must be at most 512 characters long.")
      .optional(),
  })
  .refine((body) => (body.to === undefined) !== (body.recipient === undefined), {
    message: "Exactly one of the parameters to and recipient is required.",
  })
  .refine((body) => body[body.type] !== undefined, {
    message: "The object named by the parameter type is required.",
  });

/** A request to `/messages` that Meta would take: a message, or a read mark with or without typing. */
export type Accepted =
  | { kind: "message"; body: z.infer<typeof message> }
  | { kind: "read"; body: z.infer<typeof markRead> };

/** Reads the body of a request to `/messages` as strictly as Meta does. */
export function validate(body: unknown): Accepted | Refusal {
  const isRead = typeof body === "object" && body !== null && "status" in body;
  if (isRead) {
    const read = markRead.safeParse(body);
    return read.success ? { kind: "read", body: read.data } : invalidParameter(firstProblem(read.error));
  }
  const sent = message.safeParse(body);
  return sent.success ? { kind: "message", body: sent.data } : invalidParameter(firstProblem(sent.error));
}

function firstProblem(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue ? `${issue.path.join(".")}${issue.path.length ? ": " : ""}${issue.message}` : "Invalid body.";
}
