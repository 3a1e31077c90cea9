import { useState } from "react";
import type { SimMessage } from "../../api.ts";
import { usePage } from "../../shared/page.tsx";
import { useActs } from "../acts.ts";
import { Sheet } from "../overlay/sheet.tsx";

const SAMPLE = '{\n  "flow_token": "unused",\n  "size": "M",\n  "color": "terracotta"\n}';

function isObject(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Stands for a Flow, which only Meta can show: what the customer would fill in, as the bot will get it. */
export function FlowSheet({ message, onClose }: { message: SimMessage; onClose(): void }) {
  const { texts } = usePage();
  const words = texts.simulator.messages.flow;
  const acts = useActs();
  const [response, setResponse] = useState(SAMPLE);
  return (
    <Sheet title={words.title} onClose={onClose}>
      <form
        className="caption-form"
        onSubmit={(event) => {
          event.preventDefault();
          acts.write({ type: "flow_reply", response }, { replyTo: message.waMessageId });
          onClose();
        }}
      >
        <label className="flow-answer">
          {words.label}
          <textarea
            rows={6}
            spellCheck={false}
            maxLength={8192}
            value={response}
            aria-invalid={!isObject(response)}
            onChange={(event) => setResponse(event.target.value)}
          />
        </label>
        <div className="sheet-buttons">
          <button type="button" className="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="button primary" disabled={!isObject(response)}>
            {words.send}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
