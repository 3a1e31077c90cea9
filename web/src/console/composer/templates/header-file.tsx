import { useEffect, useId, useRef, useState } from "react";
import { Icon } from "../../../shared/icons.tsx";
import { usePage } from "../../../shared/page.tsx";
import { useTenant } from "../../client/session.tsx";
import { tenantPath } from "../../client/use-api.ts";
import type { Attachment } from "../../outbox/drafts.ts";
import { refusalOf as refusalOfError } from "../../outbox/refusals.ts";
import { useTexts } from "../../shell/texts.ts";
import { redraw } from "../attach/redraw.ts";
import { MAX_BYTES, metaType, refusalOf, wantsRedraw } from "../attach/rules.ts";
import { upload } from "../attach/upload.ts";

type Kind = "image" | "video" | "document";

/** The file in a template's header, from choosing it until Meta has it. */
export interface HeaderFile extends Pick<Attachment, "file" | "url"> {
  kind: Kind;
  state: Attachment["state"] | { kind: "wrong" } | { kind: "too_large" };
}

/** What the browser offers to choose. */
const ACCEPTED: Readonly<Record<Kind, string>> = {
  image: "image/*",
  video: "video/mp4,video/3gpp",
  document: ".pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.txt,.csv",
};

/** The chosen file and how to choose another one, which is uploaded at once. */
export function useHeaderFile(kind: Kind | null): [HeaderFile | null, (chosen: File) => void] {
  const { tenantId } = useTenant();
  const [chosen, setChosen] = useState<HeaderFile | null>(null);
  const running = useRef<{ cancel(): void; url: string } | null>(null);
  const stop = () => {
    running.current?.cancel();
    if (running.current) URL.revokeObjectURL(running.current.url);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the form closes.
  useEffect(() => stop, []);
  const choose = async (given: File) => {
    if (kind === null) return;
    const file = (kind === "image" && wantsRedraw(given) && (await redraw(given))) || given;
    stop();
    const own = { cancel: (): void => undefined, url: URL.createObjectURL(file) };
    running.current = own;
    const shown = (state: HeaderFile["state"]) => {
      if (running.current === own) setChosen({ kind, file, url: own.url, state });
    };
    if (!couldBe(kind, file)) return shown({ kind: "wrong" });
    if (file.size > MAX_BYTES[kind]) return shown({ kind: "too_large" });
    const refusal = refusalOf(file);
    if (refusal) return shown({ kind: "failed", refusal });
    const path = tenantPath(tenantId, "/uploads");
    const sent = upload(path, file, (share) => shown({ kind: "uploading", share }));
    own.cancel = sent.cancel;
    shown({ kind: "uploading", share: 0 });
    sent.done.then(
      // What it is, the server has seen in its bytes.
      (seen) => shown(seen.kind === kind ? { kind: "ready", mediaId: seen.mediaId } : { kind: "wrong" }),
      (error) => shown({ kind: "failed", refusal: refusalOfError(error) }),
    );
  };
  return [chosen, (file) => void choose(file)];
}

/** False for a file that is surely another kind, before it is uploaded. */
function couldBe(kind: Kind, { type }: File): boolean {
  const known = /^(image|video|audio)\//.exec(metaType(type))?.[1];
  return known === undefined || known === kind;
}

interface FieldProps {
  kind: Kind;
  file: HeaderFile | null;
  onChoose(file: File): void;
}

/** Chooses the file of the header, says how far its upload is, and what is wrong with it. */
export function HeaderFileField({ kind, file, onChoose }: FieldProps) {
  const { templates: words } = useTexts().composer;
  const id = useId();
  return (
    <div className="field template-file">
      <label htmlFor={id}>{words.headerFile[kind]}</label>
      <input
        id={id}
        type="file"
        accept={ACCEPTED[kind]}
        onChange={({ target }) => {
          const [chosen] = target.files ?? [];
          if (chosen) onChoose(chosen);
          // The same file can be chosen again.
          target.value = "";
        }}
      />
      {file && <FileState file={file} onAgain={() => onChoose(file.file)} />}
    </div>
  );
}

function FileState({ file: { file, kind, state }, onAgain }: { file: HeaderFile; onAgain(): void }) {
  const { attach, refusals, templates: words } = useTexts().composer;
  const { formats } = usePage();
  switch (state.kind) {
    case "uploading":
      return (
        <progress value={state.share} max={1} aria-label={attach.uploading(formats.percent(state.share))} />
      );
    case "ready":
      return (
        <small className="attachment-ready" role="status">
          ✓ {file.name}, {formats.megabytes(file.size)}
        </small>
      );
    case "wrong":
      return <Wrong text={words.wrongFile[kind]} />;
    case "too_large":
      return (
        <Wrong text={attach.tooLarge(formats.megabytes(file.size), formats.megabytes(MAX_BYTES[kind]))} />
      );
    case "failed":
      return (
        <p className="attachment-failed" role="alert">
          {refusals[state.refusal]}{" "}
          <button type="button" className="link-button" onClick={onAgain}>
            {attach.again}
          </button>
        </p>
      );
  }
}

const Wrong = ({ text }: { text: string }) => (
  <p className="attachment-failed" role="alert">
    {text}
  </p>
);

/** The file as the customer sees it above the words. */
export function HeaderFilePreview({ file: { file, kind, url, state } }: { file: HeaderFile }) {
  const { attach } = useTexts().composer;
  if (state.kind === "wrong" || state.kind === "too_large") return null;
  if (kind === "image") return <img className="template-picture" src={url} alt={attach.kinds.image} />;
  // biome-ignore lint/a11y/useMediaCaption: it has none.
  if (kind === "video") return <video className="template-picture" src={url} controls preload="metadata" />;
  return (
    <span className="template-document">
      <Icon name="document" /> {file.name}
    </span>
  );
}
