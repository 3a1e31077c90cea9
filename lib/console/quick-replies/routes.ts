import { z } from "zod";
import type { QuickReply } from "../../../contracts/console/settings.ts";
import { cleanText, showsNothing } from "../../json/clean.ts";
import { LIMITS } from "../../whatsapp/messages/limits.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { Refusal, type Route } from "../http/route.ts";
import { idIn } from "../inbox/query.ts";

const PLACEHOLDERS = ["name", "operator", "company"];

const quickReply: z.ZodType<QuickReply> = z.strictObject({
  id: z.uuid(),
  shortcut: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[\p{L}\p{N}_-]{1,32}$/u, "1 to 32 letters, digits, - or _"),
  text: z
    .string()
    .max(LIMITS.textBody)
    .transform((text) => cleanText(text, LIMITS.textBody).trim())
    .refine((text) => !showsNothing(text), "the text is empty")
    .refine(
      (text) =>
        [...text.matchAll(/\{\{([^}]*)\}\}/g)].every(([, name = ""]) => PLACEHOLDERS.includes(name.trim())),
      `the placeholders are ${PLACEHOLDERS.map((name) => `{{${name}}}`).join(", ")}`,
    ),
  language: z.enum(["es", "en", "pt"]).nullable(),
});

/** Texts that operators send again and again; the page fills the placeholders in. */
export const QUICK_REPLY_ROUTES: readonly Route<ConsoleDeps>[] = [
  {
    method: "GET",
    path: "/t/:tenant/quick-replies",
    access: "agent",
    audit: null,
    handle: async ({ deps, tenantId }) => Response.json(await deps.quickReplies.list(tenantId)),
  },
  {
    method: "POST",
    path: "/t/:tenant/quick-replies",
    access: "owner",
    audit: "quick_reply.write",
    handle: async ({ deps, tenantId, body }) => {
      const reply = await body(quickReply);
      if (!(await deps.quickReplies.write(tenantId, reply)))
        throw new Refusal(
          409,
          "shortcut_used",
          "Another quick reply has this shortcut, or there are 500 already.",
        );
      return Response.json(reply);
    },
  },
  {
    method: "POST",
    path: "/t/:tenant/quick-replies/:id/delete",
    access: "owner",
    audit: "quick_reply.delete",
    handle: async ({ deps, tenantId, params }) => {
      await deps.quickReplies.delete(tenantId, idIn(params, "id"));
      return new Response(null, { status: 204 });
    },
  },
];
