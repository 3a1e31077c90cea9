import { fieldOf, fieldsOf } from "../../json/lenient.ts";
import type { Json } from "../../types/json.ts";

/** Ids of the two buttons under "shall we stop?"; those of the model's choices begin with a number. */
export const STOP_BUTTON = "chasqui:stop";
export const KEEP_BUTTON = "chasqui:keep";

/** The button of these two that was tapped, however long ago it was shown; null for any other message. */
export function tappedStopOrKeep({
  type,
  content = null,
}: {
  type: string;
  content?: Json;
}): "stop" | "keep" | null {
  if (type !== "interactive") return null;
  const id = fieldOf(fieldsOf(fieldOf(fieldsOf(content), "button_reply")), "id");
  if (id === STOP_BUTTON) return "stop";
  return id === KEEP_BUTTON ? "keep" : null;
}
