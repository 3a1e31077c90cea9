/** Types that browsers record, those first that WhatsApp takes as they are. */
const TYPES = ["audio/ogg;codecs=opus", "audio/mp4;codecs=mp4a.40.2", "audio/webm;codecs=opus"];

/** Longest recording: a voice message that somebody still listens to, well below WhatsApp's 16 MB. */
export const MAX_RECORDING_MS = 5 * 60_000;

/** A recording in progress. */
export interface Recording {
  /** Loudness now, from 0 to 1. */
  level(): number;
  /** Ends it and gives what was recorded. */
  stop(): Promise<Blob>;
  /** Ends it and drops what was recorded. */
  cancel(): void;
}

/** Why recording did not start. */
export type RecordProblem = "refused" | "missing" | "unsupported";

/** Problem behind what `startRecording` threw. */
export function problemOf(error: unknown): RecordProblem {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  return name === "NotFoundError" || name === "NotReadableError" ? "missing" : "unsupported";
}

/** Starts to record the microphone; asks for it first. */
export async function startRecording(): Promise<Recording> {
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  if (mimeType === undefined || !navigator.mediaDevices) throw new Error("unsupported");
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 32_000 });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const ended = new Promise<Blob>((resolve) => {
    recorder.onstop = () => resolve(new Blob(parts, { type: mimeType }));
  });
  const meter = createMeter(stream);
  recorder.start();
  const end = () => {
    if (recorder.state !== "inactive") recorder.stop();
    for (const track of stream.getTracks()) track.stop();
    meter.close();
  };
  return {
    level: meter.level,
    stop() {
      end();
      return ended;
    },
    cancel: end,
  };
}

function createMeter(stream: MediaStream): { level(): number; close(): void } {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Uint8Array(analyser.fftSize);
  return {
    level() {
      analyser.getByteTimeDomainData(samples);
      return levelOf(samples);
    },
    close: () => void context.close(),
  };
}

/** Loudness of samples around 128, from 0 to 1, stretched so that speech fills most of it. */
export function levelOf(samples: Uint8Array): number {
  const squares = samples.reduce((sum, sample) => sum + ((sample - 128) / 128) ** 2, 0);
  return Math.min(1, Math.sqrt(squares / samples.length) * 4);
}
