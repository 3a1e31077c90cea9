import type { ModelFaultRule } from "../fakes/model/faults.ts";
import { classifies } from "./wire.ts";

const CLASSIFIED = JSON.stringify({ intent: "greeting", confidence: 0.9, language: "es" });

/** A model that takes `delayMs` and always gives the same answer, for tests that count turns. */
export const instantModel =
  (delayMs = 0): ModelFaultRule =>
  (request) => ({ delayMs, content: classifies(request) ? CLASSIFIED : "Hola, ¿en qué le ayudo?" });
