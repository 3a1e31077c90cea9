import { z } from "zod";
import type { ChatMediaType } from "../../../contracts/chat.ts";

const id = z.string().min(1).max(256);
const title = z.string().max(1024);
const place = z.string().max(256);
const caption = z.string().max(1024, "the caption has more than 1024 characters").optional();
const media = <T extends ChatMediaType>(type: T) =>
  z.object({ type: z.literal(type), mediaId: id, caption: caption.transform((words) => words ?? "") });

/** A customer's message by its type, within WhatsApp's limits. */
export const written = (text: z.ZodType<string>) =>
  z.discriminatedUnion("type", [
    z.object({ type: z.literal("text"), text }),
    media("image"),
    media("video"),
    media("audio"),
    media("voice"),
    media("document"),
    media("sticker"),
    z.object({
      type: z.literal("location"),
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      name: place,
      address: place,
    }),
    z.object({ type: z.literal("contact"), name: z.string().min(1).max(256), phone: z.string().max(40) }),
    z.object({ type: z.literal("reaction"), waMessageId: id, emoji: z.string().max(32) }),
    z.object({ type: z.literal("button_reply"), id, title }),
    z.object({ type: z.literal("list_reply"), id, title, description: title }),
    z.object({ type: z.literal("button"), payload: id, text: title }),
    z.object({ type: z.literal("flow_reply"), response: z.string().max(8_192) }),
    z.object({
      type: z.literal("order"),
      items: z
        .array(
          z.object({
            id,
            quantity: z.int().min(1).max(999),
            price: z.number().min(0),
            currency: z.string().length(3),
          }),
        )
        .min(1, "the cart is empty")
        .max(100),
      text: title,
    }),
    z.object({ type: z.literal("unsupported") }),
  ]);
