import type { Scenario } from "../scenario.ts";
import { killedAroundTheAnswer } from "./acknowledging.ts";
import { actsConfirmed } from "./acts.ts";
import { killedWhileAnswering } from "./answering.ts";
import { arrivingOddly } from "./arriving.ts";
import { crowd } from "./crowd.ts";
import { givingUp } from "./giving-up.ts";
import { takenFromTheHolder } from "./holding.ts";
import { operatorSends } from "./operators.ts";
import { racing } from "./racing.ts";
import { refusedParts } from "./refused.ts";
import { answerOfTheSendLost } from "./sending.ts";
import { storesDown } from "./stores-down.ts";
import { waitingDrafts } from "./waiting-drafts.ts";

/** Every row of the table, in its order. */
export const SCENARIOS: readonly Scenario[] = [
  ...killedAroundTheAnswer,
  ...killedWhileAnswering,
  ...answerOfTheSendLost,
  ...takenFromTheHolder,
  ...arrivingOddly,
  ...storesDown,
  ...givingUp,
  ...racing,
  ...crowd,
  ...waitingDrafts,
  ...refusedParts,
  ...operatorSends,
  ...actsConfirmed,
].sort((one, other) => one.row - other.row);
