/** How a bot is set up, and how its model's calls fall out. */
export interface Mode {
  name: string;
  /** Share of calls that hang for ten seconds more. */
  hanging: number;
  settings: Record<string, string>;
}

const BEFORE = { REPLY_OVERLAP: "off", MODEL_HEDGE: "off", WAIT_TARGET_MS: "off" };
const HANGING = 0.01;

/** The overlap alone, then what a target of three seconds adds, and what both and the hedge do where one call in a hundred hangs. */
export const MODES: readonly Mode[] = [
  { name: "nothing begun early", hanging: 0, settings: BEFORE },
  { name: "REPLY_OVERLAP=lookup", hanging: 0, settings: { ...BEFORE, REPLY_OVERLAP: "lookup" } },
  { name: "REPLY_OVERLAP=0.6", hanging: 0, settings: { ...BEFORE, REPLY_OVERLAP: "0.6" } },
  { name: "REPLY_OVERLAP=0.3", hanging: 0, settings: { ...BEFORE, REPLY_OVERLAP: "0.3" } },
  {
    name: "0.3, WAIT_TARGET_MS=3000",
    hanging: 0,
    settings: { ...BEFORE, REPLY_OVERLAP: "0.3", WAIT_TARGET_MS: "3000" },
  },
  ...["off", "3000"].map((target) => ({
    name: `1 % hang: 0.3, WAIT_TARGET_MS=${target}`,
    hanging: HANGING,
    settings: { ...BEFORE, REPLY_OVERLAP: "0.3", WAIT_TARGET_MS: target },
  })),
  // One model for all: there is no other to fall back to.
  ...["off", "on"].map((hedge) => ({
    name: `1 % hang: economy, MODEL_HEDGE=${hedge}`,
    hanging: HANGING,
    settings: {
      ...{ MODEL_PROFILE: "economy", REPLY_OVERLAP: "0.3", WAIT_TARGET_MS: "3000" },
      MODEL_HEDGE: hedge,
    },
  })),
];
