import { type SyntheticEvent, useState } from "react";
import type { TemplateView } from "../../../../../contracts/console/settings.ts";
import { FormattedText } from "../../../chat/text/formatted-text.tsx";
import type { ConversationProps } from "../../outbox/conversation-props.ts";
import { press } from "../../outbox/sending.ts";
import { usePost } from "../../outbox/use-post.ts";
import { Field } from "../../shell/field.tsx";
import { useTexts } from "../../shell/texts.ts";
import { emptyValues, fileOf, filledText, isComplete, type TemplateValues, templateMessage } from "./fill.ts";
import { type HeaderFile, HeaderFileField, HeaderFilePreview, useHeaderFile } from "./header-file.tsx";
import { Price } from "./template-list.tsx";

interface Props extends ConversationProps {
  template: TemplateView;
  onBack(): void;
  onSent(): void;
}

/** Fields of a template beside what the customer will see. */
export function TemplateForm({ template, onBack, onSent, ...props }: Props) {
  const { templates: words } = useTexts().composer;
  const { row, messages } = props.view;
  const post = usePost(props);
  const [values, setValues] = useState(() => emptyValues(template, row.name));
  const kind = fileOf(template);
  const [file, choose] = useHeaderFile(kind);
  const mediaId = file?.state.kind === "ready" ? file.state.mediaId : "";
  const filled = kind ? { ...values, header: [mediaId] } : values;
  const complete = isComplete(filled);
  const onSubmit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!complete) return;
    onSent();
    const item = {
      id: crypto.randomUUID(),
      conversationId: row.id,
      at: Date.now(),
      text: filledText(template.body, template.placeholders, values.body),
      attachment: null,
      state: "waiting",
      refusal: null,
      kind: "message",
      message: templateMessage(template, filled),
      quote: null,
      seenAt: messages.at(-1)?.at ?? 0,
      anyway: false,
      takes: null,
    } as const;
    void press(item, post);
  };
  return (
    <form className="template-form" onSubmit={onSubmit}>
      <div className="template-fields">
        <p>
          <b>{template.name}</b>
          <br />
          <small>
            {words.language}: {template.language} · <Price template={template} />
          </small>
        </p>
        {kind && <HeaderFileField kind={kind} file={file} onChoose={choose} />}
        <Fields template={template} values={values} onChange={setValues} />
        {!complete && <small role="status">{words.fill}</small>}
      </div>
      <Preview template={template} values={values} file={file} />
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={onBack}>
          {words.back}
        </button>
        <button type="submit" className="button primary" disabled={!complete}>
          {words.send}
        </button>
      </div>
    </form>
  );
}

interface FieldsProps {
  template: TemplateView;
  values: TemplateValues;
  onChange(values: TemplateValues): void;
}

function Fields({ template, values, onChange }: FieldsProps) {
  const { templates: words } = useTexts().composer;
  const buttons = template.buttons.filter(({ hasValue }) => hasValue);
  const labels: Record<keyof TemplateValues, string[]> = {
    // A file has a field of its own.
    header: template.headerPlaceholders.map(words.headerField),
    body: template.placeholders.map(words.field),
    buttons: buttons.map(({ text }) => words.buttonField(text)),
  };
  return (["header", "body", "buttons"] as const).flatMap((part) =>
    labels[part].map((label, place) => (
      <Field key={`${part} ${label}`} label={label}>
        {(id) => (
          <input
            id={id}
            value={values[part][place] ?? ""}
            maxLength={1024}
            autoComplete="off"
            onChange={(event) =>
              onChange({ ...values, [part]: values[part].with(place, event.target.value) })
            }
          />
        )}
      </Field>
    )),
  );
}

interface PreviewProps extends Pick<FieldsProps, "template" | "values"> {
  file: HeaderFile | null;
}

function Preview({ template, values, file }: PreviewProps) {
  const { templates: words } = useTexts().composer;
  const { header, body, footer, buttons, headerPlaceholders, placeholders } = template;
  return (
    <figure className="template-preview">
      <figcaption>{words.preview}</figcaption>
      <div className="template-bubble">
        {file && <HeaderFilePreview file={file} />}
        {header?.kind === "text" && <b>{filledText(header.text, headerPlaceholders, values.header)}</b>}
        <FormattedText text={filledText(body, placeholders, values.body)} />
        {footer && <small>{footer}</small>}
        {buttons.map(({ text }) => (
          <span key={text} className="template-reply">
            {text}
          </span>
        ))}
      </div>
    </figure>
  );
}
