import { keyCaps } from "../shell/shortcuts.ts";

/** The keys of a shortcut, drawn as caps. */
export function Caps({ keys }: { keys: string }) {
  return (
    <>
      {keyCaps(keys).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </>
  );
}
