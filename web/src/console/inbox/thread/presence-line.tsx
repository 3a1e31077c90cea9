import type { Presence } from "../../../../../contracts/console/thread.ts";
import { usePage } from "../../../shared/page.tsx";
import { useTexts } from "../../shell/texts.ts";
import { useInbox } from "../state/use-inbox.tsx";

/** Colleagues who write to this customer now, or look at the conversation. */
export function PresenceLine({ presence }: { presence: readonly Presence[] }) {
  const { inbox } = useTexts();
  const { locale } = usePage();
  const { operatorId } = useInbox();
  const { thread } = inbox;
  const others = presence.filter(({ operator }) => operator.id !== operatorId);
  const typing = others.filter((one) => one.typing);
  const names = (list: readonly Presence[]) =>
    new Intl.ListFormat(locale).format(list.map(({ operator }) => operator.name));
  return (
    <p className="presence" role="status" data-typing={typing.length > 0}>
      {typing.length > 0
        ? thread.typing(names(typing), typing.length > 1)
        : others.length > 0 && thread.looking(names(others))}
    </p>
  );
}
