import type { OperatorMessage } from "../../../contracts/console/acts.ts";
import type { Upload } from "../../types/console/outbox.ts";
import type { OutboundMessage } from "../../types/outbound.ts";
import { graphMessage } from "../../whatsapp/messages/build.ts";
import { MessageLimitError } from "../../whatsapp/messages/check.ts";
import { describeOutbound } from "../../whatsapp/messages/describe.ts";
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
  deps: Pick<ConsoleDeps, "outbox">,
): Promise<Written> {
  switch (said.kind) {
    case "text":
    case "reaction":
      return within(said);
    case "media":
      return within(file(said, await uploaded(said, tenantId, deps)));
    case "template":
      throw new Refusal(409, "template_missing", "Templates cannot be sent yet.");
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

type Media = Extract<OperatorMessage, { kind: "media" }>;

async function uploaded(
  { media, mediaId }: Media,
  tenantId: string,
  { outbox }: Pick<ConsoleDeps, "outbox">,
): Promise<Upload> {
  const upload = await outbox.upload(tenantId, mediaId);
  if (upload?.kind === media) return upload;
  throw new Refusal(409, "file_gone", "Meta no longer has this file; attach it again.");
}

/** Of an upload, what was seen in its bytes counts. */
function file({ filename, caption }: Media, upload: Upload): OutboundMessage {
  const media = { id: upload.mediaId };
  const words = caption.trim() === "" ? {} : { caption };
  switch (upload.kind) {
    case "image":
      return { kind: "image", media, ...words };
    case "audio":
      return { kind: "audio", media, ...(upload.mimeType === "audio/ogg" && { voice: true }) };
    case "document": {
      const name = filename?.trim() || upload.filename;
      return { kind: "document", media, ...words, ...(name && { filename: name }) };
    }
  }
}
