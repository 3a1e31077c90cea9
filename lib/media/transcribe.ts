import { experimental_transcribe, NoTranscriptGeneratedError, type TranscriptionModel } from "ai";
import { cleanText } from "../webhook/sanitize.ts";
import { secondsOf } from "./duration.ts";
import { UnreadableError } from "./unreadable.ts";

/** The longest transcript kept, in UTF-16 units: some five minutes of speech. */
const MAX_TRANSCRIPT = 4_000;
/** A longer recording is neither awaited by anybody nor paid for; OpenAI itself ends at 25 minutes. */
const MAX_SECONDS = 600;

/** What was said in a recording, and how long it is in seconds (null when neither file nor service tells). */
export interface Transcript {
  text: string;
  seconds: number | null;
}

/** The words of a recording, in whatever language they are; empty when there are none. Throws what the model throws. */
export async function transcribe(
  bytes: Uint8Array,
  mimeType: string,
  model: TranscriptionModel,
  signal: AbortSignal,
): Promise<Transcript> {
  const seconds = secondsOf(bytes, mimeType);
  if (seconds !== null && seconds > MAX_SECONDS) throw new UnreadableError("too_large", "too_long");
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
