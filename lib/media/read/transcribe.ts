import { experimental_transcribe, NoTranscriptGeneratedError, type TranscriptionModel } from "ai";
import { fieldOf, fieldsOf } from "../../json/lenient.ts";
import type { Patience } from "../../model/patience.ts";
import { patiently } from "../../model/patiently.ts";
import { readingOf } from "../file/text.ts";
import { UnreadableError } from "../file/unreadable.ts";
import { secondsAtMost } from "./duration/seconds.ts";
import { heardIn } from "./heard.ts";
import { loudnessOf } from "./loudness.ts";

/** Longest recording transcribed; OpenAI's own limit is 25 minutes. */
const MAX_SECONDS = 600;

/** Words of a recording, and the longest that it can be, in seconds. */
export interface Transcript {
  text: string;
  seconds: number;
  /** Id of the model that listened; absent when it heard nothing. */
  model?: string;
}

/** Conditions for listening to a recording. */
export interface Listening {
  model: TranscriptionModel;
  /** A busy service is waited for. */
  patience: Patience;
  /** Asked once before the model is called, with the longest duration possible; false: the recording is not listened to. */
  mayListen: (seconds: number) => boolean;
}

/**
 * Words of a recording in any language; empty text when there are none, as in silence, which is not sent to the model; null
 * when it may not be listened to. Throws what the model throws, and UnreadableError for a recording over ten minutes.
 */
export async function transcribe(
  bytes: Uint8Array,
  mimeType: string,
  { model, patience, mayListen }: Listening,
): Promise<Transcript | null> {
  const seconds = secondsAtMost(bytes, mimeType);
  if (seconds > MAX_SECONDS) throw new UnreadableError("too_large", "too_long");
  const loudness = loudnessOf(bytes, mimeType);
  if (loudness === "silent") return { text: "", seconds: 0 };
  if (!mayListen(seconds)) return null;
  try {
    const request = { model, audio: bytes, maxRetries: 0, abortSignal: patience.signal };
    const heard = await patiently(() => experimental_transcribe(request), patience);
    const { text, durationInSeconds, responses } = heard;
    const [response] = responses;
    const answer = fieldOf(fieldsOf(response), "body");
    return {
      text: readingOf(heardIn(text, { loudness, answer })),
      seconds: durationInSeconds ?? seconds,
      ...(response && { model: response.modelId }),
    };
  } catch (error) {
    // Silence is a valid result.
    if (NoTranscriptGeneratedError.isInstance(error)) return { text: "", seconds };
    throw error;
  }
}
