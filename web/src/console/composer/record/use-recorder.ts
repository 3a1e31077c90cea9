import { useCallback, useEffect, useRef, useState } from "react";
import {
  MAX_RECORDING_MS,
  problemOf,
  type Recording,
  type RecordProblem,
  startRecording,
} from "./recording.ts";
import { voiceFile } from "./voice-file.ts";

/** Where a recording stands. */
export type RecorderState =
  | { kind: "asking" | "preparing" }
  | { kind: "recording"; startedAt: number; level(): number }
  | { kind: "ready"; file: File; url: string }
  | { kind: "failed"; problem: RecordProblem | "failed" };

/** Minutes and seconds: `0:07`. */
export const clock = (ms: number): string =>
  `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, "0")}`;

/** Records from the moment it is shown; what runs is dropped when it goes. */
export function useRecorder(): { state: RecorderState; start(): void; stop(): void } {
  const [state, setState] = useState<RecorderState>({ kind: "asking" });
  const recording = useRef<Recording | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const gone = useRef(false);
  const drop = useCallback(() => {
    clearTimeout(timer.current);
    recording.current?.cancel();
    recording.current = null;
  }, []);
  const stop = useCallback(async () => {
    clearTimeout(timer.current);
    const running = recording.current;
    recording.current = null;
    if (!running) return;
    setState({ kind: "preparing" });
    try {
      const file = await voiceFile(await running.stop());
      setState({ kind: "ready", file, url: URL.createObjectURL(file) });
    } catch {
      setState({ kind: "failed", problem: "failed" });
    }
  }, []);
  const start = useCallback(async () => {
    drop();
    setState({ kind: "asking" });
    try {
      const running = await startRecording();
      // Closed while the browser asked for the microphone.
      if (gone.current) return running.cancel();
      recording.current = running;
      timer.current = setTimeout(() => void stop(), MAX_RECORDING_MS);
      setState({ kind: "recording", startedAt: Date.now(), level: running.level });
    } catch (error) {
      setState({ kind: "failed", problem: problemOf(error) });
    }
  }, [drop, stop]);
  useEffect(() => {
    gone.current = false;
    void start();
    return () => {
      gone.current = true;
      drop();
    };
  }, [start, drop]);
  return { state, start: () => void start(), stop: () => void stop() };
}
