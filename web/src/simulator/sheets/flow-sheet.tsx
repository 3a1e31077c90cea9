import { useState } from "react";
import type { ChatMessage } from "../../../../contracts/chat.ts";
import { Sheet } from "../../shared/overlay/sheet.tsx";
import { usePage } from "../../shared/page.tsx";
import { useActions } from "../actions/actions.ts";

const SAMPLE = '{\n  "flow_token": "unused",\n  "size": "M",\n  "color": "terracotta"\n}';

function isObject(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Replaces a Flow, which only Meta can show: the customer's answer, as JSON for the bot. */
export function FlowSheet({ message, onClose }: { message: ChatMessage; onClose(): void }) {
  const { texts } = usePage();
  const words = texts.simulator.flow;
  const actions = useActions();
  const [response, setResponse] = useState(SAMPLE);
  return (
    <Sheet title={words.title} onClose={onClose}>
      <form
        className="caption-form"
        onSubmit={(event) => {
          event.preventDefault();
          actions.write({ type: "flow_reply", response }, { replyTo: message.waMessageId });
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
