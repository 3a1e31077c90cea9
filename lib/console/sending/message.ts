import type { OperatorMessage } from "../../../contracts/console/acts.ts";
import type { TemplateView } from "../../../contracts/console/settings.ts";
import type { Upload } from "../../types/console/outbox.ts";
import type { OutboundMessage } from "../../types/outbound.ts";
import { graphMessage } from "../../whatsapp/messages/build.ts";
import { MessageLimitError } from "../../whatsapp/messages/check.ts";
import { describeOutbound } from "../../whatsapp/messages/describe.ts";
import { fillTemplate } from "../../whatsapp/templates/fill.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { Refusal } from "../http/route.ts";

/** A message as it is sent, and as the history and pages show it. */
export interface Written {
  message: OutboundMessage;
  text: string;
}

/** What an operator wrote, in the form in which it is sent. Throws Refusal when Meta would refuse it. */
export async function written(
  said: OperatorMessage,
  tenantId: string,
  deps: Pick<ConsoleDeps, "outbox" | "templates">,
): Promise<Written> {
  switch (said.kind) {
    case "text":
    case "reaction":
      return within(said);
    case "media":
      return within(file(said, await uploaded(said, tenantId, deps)));
    case "template":
      return filled(said, tenantId, deps);
  }
}

/** The message with its words. Throws Refusal (400) beyond Meta's limits. */
function within(message: OutboundMessage): Written {
  try {
    graphMessage(message);
  } catch (error) {
    if (error instanceof MessageLimitError) throw new Refusal(400, "invalid", error.message);
    throw error;
  }
  return { message, text: describeOutbound(message) };
}

type Template = Extract<OperatorMessage, { kind: "template" }>;

/** A template as Meta has it now: the customer reads its words, so the thread shows them too. */
async function filled(
  said: Template,
  tenantId: string,
  { outbox, templates }: Pick<ConsoleDeps, "outbox" | "templates">,
): Promise<Written> {
  const view = await templates.list((await outbox.phoneNumberId(tenantId)) ?? "");
  if (view.state !== "ok") throw new Refusal(409, "templates_unavailable", view.message);
  const { name, language } = said;
  const template = view.templates.find((each) => each.name === name && each.language === language);
  if (!template)
    throw new Refusal(
      409,
      "template_missing",
      `Meta has no template ${name} in ${language}; choose another.`,
    );
  if (template.status !== "approved")
    throw new Refusal(
      409,
      template.status === "paused" ? "template_paused" : "template_not_approved",
      `Meta says that this template is ${template.status}: only an approved one can be sent. Choose another.`,
    );
  const file = await headerFile(template, said, tenantId, { outbox });
  try {
    const { message, text } = fillTemplate(template, said, file?.filename ?? null);
    within(message);
    return { message, text };
  } catch (error) {
    if (error instanceof RangeError)
      throw new Refusal(400, "template_values", `The template is not complete: ${error.message}.`);
    throw error;
  }
}

type Media = Extract<OperatorMessage, { kind: "media" }>;

/** A file that the company has uploaded as this kind. Throws Refusal (409) when Meta has it no more. */
async function uploaded(
  { media, mediaId }: Pick<Media, "media" | "mediaId">,
  tenantId: string,
  { outbox }: Pick<ConsoleDeps, "outbox">,
): Promise<Upload> {
  const upload = await outbox.upload(tenantId, mediaId);
  if (upload?.kind === media) return upload;
  throw new Refusal(409, "file_gone", "Meta no longer has this file; attach it again.");
}

/** The file of a template's header; null for another header, and without one. */
async function headerFile(
  { header }: TemplateView,
  { header: [mediaId] }: Template,
  tenantId: string,
  deps: Pick<ConsoleDeps, "outbox">,
): Promise<Upload | null> {
  if (header === null || header.kind === "text" || header.kind === "location" || !mediaId) return null;
  return uploaded({ media: header.kind, mediaId }, tenantId, deps);
}

/** Of an upload, what was seen in its bytes counts. */
function file({ filename, caption }: Media, upload: Upload): OutboundMessage {
  const media = { id: upload.mediaId };
  const words = caption.trim() === "" ? {} : { caption };
  switch (upload.kind) {
    case "image":
    case "video":
      return { kind: upload.kind, media, ...words };
    case "audio":
      return { kind: "audio", media, ...(upload.mimeType === "audio/ogg" && { voice: true }) };
    case "document": {
      const name = filename?.trim() || upload.filename;
      return { kind: "document", media, ...words, ...(name && { filename: name }) };
    }
  }
}
