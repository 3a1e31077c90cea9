import { experimental_transcribe, NoTranscriptGeneratedError, type TranscriptionModel } from "ai";
import { cleanText } from "../../json/clean.ts";
import { UnreadableError } from "../file/unreadable.ts";
import { secondsAtMost } from "./duration/seconds.ts";

/** The longest transcript kept, in UTF-16 units: some five minutes of speech. */
const MAX_TRANSCRIPT = 4_000;
/** A longer recording is neither awaited by anybody nor paid for; OpenAI itself ends at 25 minutes. */
const MAX_SECONDS = 600;

/** What was said in a recording, and how long it is at most, in seconds. */
export interface Transcript {
  text: string;
  seconds: number;
}

/** How a recording may be listened to. */
export interface Listening {
  model: TranscriptionModel;
  signal: AbortSignal;
  /** Asked once, before the model is, with the longest that the recording can be; false: it is not listened to. */
  mayListen: (seconds: number) => boolean;
}

/**
 * The words of a recording, in whatever language they are; empty when there are none, null when nobody may listen. Throws
 * what the model throws.
 */
export async function transcribe(
  bytes: Uint8Array,
  mimeType: string,
  { model, signal, mayListen }: Listening,
): Promise<Transcript | null> {
  const seconds = secondsAtMost(bytes, mimeType);
  if (seconds > MAX_SECONDS) throw new UnreadableError("too_large", "too_long");
  if (!mayListen(seconds)) return null;
  try {
    const { text, durationInSeconds } = await experimental_transcribe({
      model,
      audio: bytes,
      maxRetries: 0,
      abortSignal: signal,
    });
    return { text: cleanText(text.trim(), MAX_TRANSCRIPT), seconds: durationInSeconds ?? seconds };
  } catch (error) {
    // Silence is an answer too.
    if (NoTranscriptGeneratedError.isInstance(error)) return { text: "", seconds };
    throw error;
  }
}
