import "./recorder.css";
import { useEffect, useRef, useState } from "react";
import { Sound } from "../../../chat/content/sound.tsx";
import { Dialog } from "../../shell/dialog.tsx";
import { useTexts } from "../../shell/texts.ts";
import { MAX_RECORDING_MS } from "./recording.ts";
import { clock, useRecorder } from "./use-recorder.ts";

interface Props {
  onClose(): void;
  onUse(file: File): void;
}

/** What comes next has the focus. */
const focus = (button: HTMLButtonElement | null): void => button?.focus();

/** Records a voice message: loudness while it runs, listening before it is attached. */
export function Recorder({ onClose, onUse }: Props) {
  const { record } = useTexts().composer;
  const { state, start, stop } = useRecorder();
  return (
    <Dialog title={record.title} onClose={onClose}>
      <div className="recorder" data-state={state.kind}>
        {state.kind === "recording" && <Running startedAt={state.startedAt} level={state.level} />}
        {state.kind === "preparing" && <p role="status">{record.preparing}</p>}
        {state.kind === "failed" && <p role="alert">{record[state.problem]}</p>}
        {state.kind === "ready" && (
          <>
            <p>{record.listen}</p>
            <Sound url={state.url} voice onError={() => undefined} />
          </>
        )}
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={onClose}>
            {record.cancel}
          </button>
          {(state.kind === "ready" || state.kind === "failed") && (
            <button type="button" className="button" onClick={start}>
              {record.again}
            </button>
          )}
          {state.kind === "recording" && (
            <button type="button" className="button primary" ref={focus} onClick={stop}>
              {record.stop}
            </button>
          )}
          {state.kind === "ready" && (
            <button
              type="button"
              className="button primary"
              ref={focus}
              onClick={() => {
                onUse(state.file);
                onClose();
              }}
            >
              {record.use}
            </button>
          )}
        </div>
      </div>
    </Dialog>
  );
}

/** Time and loudness, drawn with each frame. */
function Running({ startedAt, level }: { startedAt: number; level(): number }) {
  const { record } = useTexts().composer;
  const bar = useRef<HTMLSpanElement>(null);
  const [nowMs, setNowMs] = useState(0);
  useEffect(() => {
    let frame = 0;
    const draw = () => {
      bar.current?.style.setProperty("--level", level().toFixed(2));
      setNowMs(Date.now() - startedAt);
      frame = requestAnimationFrame(draw);
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [level, startedAt]);
  return (
    <>
      <p className="recorder-time">
        <span className="recorder-dot" aria-hidden="true" /> {record.recording}{" "}
        <span className="number">{clock(nowMs)}</span>
      </p>
      <span className="recorder-level" role="img" aria-label={record.level} ref={bar} />
      <p className="recorder-limit">{record.limit(clock(MAX_RECORDING_MS))}</p>
    </>
  );
}
