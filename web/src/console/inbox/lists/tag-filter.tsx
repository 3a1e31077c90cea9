import type { KnownTags } from "../../../../../contracts/console/inbox.ts";
import { useTenantApi } from "../../client/use-api.ts";
import { useTexts } from "../../shell/texts.ts";
import { useInbox, useInboxState } from "../state/use-inbox.tsx";

/** Chooses the tag that the lists are filtered by, among those that some conversation has. */
export function TagFilter() {
  const { inbox: words } = useTexts();
  const { filter, listHref, go } = useInbox();
  const { rows } = useInboxState();
  const { list, tag } = filter;
  const { data: known = [] } = useTenantApi<KnownTags>("/tags");
  // The rows have those that were put on since.
  const tags = new Set([...known, ...[...rows.values()].flatMap((row) => row.tags)]);
  if (tag !== null) tags.add(tag);
  if (tags.size === 0) return null;
  return (
    <label className="tag-filter" data-active={tag !== null}>
      <span className="unseen">{words.tag.label}</span>
      <select value={tag ?? ""} onChange={(event) => go(listHref(list, event.currentTarget.value || null))}>
        <option value="">{words.tag.any}</option>
        {[...tags].sort().map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );
}
