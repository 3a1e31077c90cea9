import "./keys.css";
import { Dialog } from "../shell/dialog.tsx";
import { SHORTCUTS, type ShortcutGroup, type ShortcutName } from "../shell/shortcuts.ts";
import { useTexts } from "../shell/texts.ts";
import { useSingleKeys } from "../shell/use-shortcut.ts";
import { Caps } from "./caps.tsx";

const GROUPS: readonly ShortcutGroup[] = ["everywhere", "inbox", "conversation", "writing"];

/** All shortcuts, from the one table. */
export default function ShortcutSheet({ onClose }: { onClose(): void }) {
  const { shell } = useTexts();
  const [singleKeys, setSingleKeys] = useSingleKeys();
  const names = Object.keys(SHORTCUTS) as ShortcutName[];
  return (
    <Dialog title={shell.shortcuts.help} onClose={onClose} shape="wide">
      <div className="shortcut-groups">
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{shell.shortcutGroups[group]}</h3>
            <dl>
              {names
                .filter((name) => SHORTCUTS[name].group === group)
                .map((name) => (
                  <div key={name}>
                    <dt>{shell.shortcuts[name]}</dt>
                    <dd>
                      <Caps keys={SHORTCUTS[name].keys} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={singleKeys}
          onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        />
        <span>{shell.singleKeys}</span>
      </label>
    </Dialog>
  );
}
