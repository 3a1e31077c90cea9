import type { RegisteredTemplate } from "./templates.ts";

/** Page of `GET /<account>/message_templates`, as Meta answers it; the cursor is the position of the last one. */
export function listTemplates(
  registered: readonly RegisteredTemplate[],
  { limit, after }: { limit: number; after: string | null },
): object {
  const from = after === null ? 0 : Number(atob(after)) + 1;
  const page = registered.slice(from, from + limit);
  const last = btoa(String(from + page.length - 1));
  const more = from + page.length < registered.length;
  return {
    data: page.map((template, at) => ({ ...listed(template), id: String(594_000_000_000 + from + at) })),
    paging: {
      cursors: { before: btoa(String(from)), after: last },
      ...(more && { next: `https://graph.facebook.com/?access_token=hidden&after=${last}` }),
    },
  };
}

function listed({
  name,
  language,
  parameters,
  category = "utility",
  stopped,
  refused,
  names,
  components,
}: RegisteredTemplate): object {
  const body = `Template ${name}${Array.from({ length: parameters }, (_, at) => ` {{${at + 1}}}`).join("")}`;
  return {
    name,
    parameter_format: names ? "NAMED" : "POSITIONAL",
    components: components ?? [{ type: "BODY", text: body }],
    language,
    status: (refused ?? stopped ?? "approved").toUpperCase(),
    category: category.toUpperCase(),
  };
}
