import type { Context } from "hono";
import { z } from "zod";
import { written } from "./content/written-input.ts";

const phone = z
  .string("phone is the customer's phone number")
  .regex(/^\d{5,20}$/, "phone is a number of 5 to 20 digits without +");
const text = z
  .string("text is missing")
  .max(4096, "text has more than 4096 characters")
  .refine((value) => value.trim() !== "", "text is empty");

/** Bodies and queries of the page, with their limits. */
export const INPUTS = {
  phone: z.object({ phone }),
  send: z.preprocess(
    shorthand,
    z.object({
      phone,
      name: z.string("name is missing").trim().min(1).max(100),
      replyTo: z.string().min(1).max(256).optional(),
      message: written(text),
    }),
  ),
  operator: z.object({ phone, text }),
  upload: z.object({
    type: z.enum(["image", "video", "audio", "voice", "document", "sticker"]),
    filename: z.string().trim().min(1).max(240).optional(),
  }),
};

/** Expands `text` alone to a message of that type. */
function shorthand(body: unknown): unknown {
  const isObject = typeof body === "object" && body !== null;
  return isObject && "text" in body ? { ...body, message: { type: "text", text: body.text } } : body;
}

/** The parsed input, or a 400 response that names its first problem. */
export async function read<T>(context: Context, shape: z.ZodType<T>): Promise<T | Response> {
  const raw: unknown =
    context.req.method === "GET" ? context.req.query() : await context.req.json().catch(() => undefined);
  const parsed = shape.safeParse(raw);
  return parsed.success
    ? parsed.data
    : problem(400, "invalid", parsed.error.issues[0]?.message ?? "the body is not JSON");
}

/** An error response in the one shape that the page knows. */
export function problem(status: number, code: string, message: string): Response {
  return Response.json({ error: { code, message } }, { status });
}
