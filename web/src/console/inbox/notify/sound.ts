let context: AudioContext | null = null;

/** Readies sound; browsers allow it only within a press. */
export function allowSound(): void {
  context ??= new AudioContext();
  void context.resume();
}

/** Two soft notes, made here: no file is loaded. */
export function playTone(): void {
  if (context?.state !== "running") return;
  const { currentTime, destination } = context;
  for (const [place, frequency] of [660, 880].entries()) {
    const from = currentTime + place * 0.16;
    const note = new OscillatorNode(context, { type: "sine", frequency });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(0.14, from + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.5);
    note.connect(volume).connect(destination);
    note.start(from);
    note.stop(from + 0.55);
  }
}
