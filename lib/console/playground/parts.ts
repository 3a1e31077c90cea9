import type { UIMessageChunk } from "ai";
import type { PlaygroundData } from "../../../contracts/console/playground.ts";
import type { TrialEnd, TrialEvent } from "../../types/console/playground.ts";
import { shownAnswer } from "./shown.ts";

/** A part of the stream: the protocol's own, and our data. */
export type Chunk = UIMessageChunk<never, PlaygroundData>;

/** Turns what happens into parts of the stream; words between two other events are one text. */
export function createParts(send: (chunk: Chunk) => void) {
  let texts = 0;
  let isOpen = false;
  const id = () => `text-${texts}`;
  const closeText = () => {
    if (isOpen) send({ type: "text-end", id: id() });
    isOpen = false;
  };
  const sendWords = (delta: string) => {
    if (!isOpen) {
      texts += 1;
      isOpen = true;
      send({ type: "text-start", id: id() });
    }
    send({ type: "text-delta", id: id(), delta });
  };
  return {
    take(event: TrialEvent): void {
      if (event.type === "words") sendWords(event.text);
      else {
        closeText();
        for (const chunk of chunksOf(event)) send(chunk);
      }
    },
    end(end: TrialEnd): void {
      closeText();
      for (const chunk of lastChunks(end)) send(chunk);
      send({ type: "finish" });
    },
  };
}

function chunksOf(event: Exclude<TrialEvent, { type: "words" }>): Chunk[] {
  switch (event.type) {
    case "understood": {
      const { intent, confidence, decidedBy, language, intentModel: model, ms } = event;
      return [{ type: "data-understood", data: { intent, confidence, decidedBy, language, model, ms } }];
    }
    case "attempt":
      return [{ type: "data-attempt", data: { rung: event.rung, model: event.model } }];
    case "failed":
      return [{ type: "data-failed", data: { rung: event.rung, code: event.code } }];
    case "step":
      return [{ type: "start-step" }];
    case "tool": {
      const { id: toolCallId, name: toolName, input, simulated, withheld } = event;
      const data = { toolCallId, simulated, withheld, ms: null, failed: false };
      return [
        { type: "tool-input-available", toolCallId, toolName, input, dynamic: true },
        { type: "data-tool", id: toolCallId, data },
      ];
    }
    case "tool_done": {
      const { id: toolCallId, output, ms, failed, simulated, withheld } = event;
      return [
        { type: "tool-output-available", toolCallId, output, dynamic: true },
        { type: "data-tool", id: toolCallId, data: { toolCallId, simulated, withheld, ms, failed } },
      ];
    }
  }
}

function lastChunks(end: TrialEnd): Chunk[] {
  if (end.kind === "answered") return [{ type: "data-answer", data: shownAnswer(end.answer) }];
  const { code, costUsd } = end;
  return [
    { type: "data-failure", data: { code, costUsd } },
    { type: "error", errorText: code },
  ];
}
