import { useState } from "react";
import type { ChatFile, ChatMediaType } from "../../../../contracts/chat.ts";
import { Icon } from "../../shared/icons.tsx";
import { usePage } from "../../shared/page.tsx";
import { Sound } from "./sound.tsx";

interface Props {
  media: ChatMediaType;
  file: ChatFile;
  /** The sender's caption; may be empty. */
  alt: string;
}

/** A file in a bubble; its space is reserved, so that nothing moves when it has loaded. */
export function Media({ media, file, alt }: Props) {
  const { texts } = usePage();
  const { kinds, media: words } = texts.chat;
  const [gone, setGone] = useState(false);
  const fail = () => setGone(true);
  if (gone)
    return (
      <p className="media-gone" data-media={media}>
        <Icon name={media} />
        <span>
          {kinds[media]}: {words.gone}
        </span>
      </p>
    );
  switch (media) {
    case "image":
      return (
        <a
          className="photo"
          href={file.url}
          target="_blank"
          rel="noopener noreferrer"
          aria-label={words.open}
        >
          <img src={file.url} alt={alt || kinds.image} onError={fail} />
        </a>
      );
    case "sticker":
      return <img className="sticker" src={file.url} alt={kinds.sticker} onError={fail} />;
    case "video":
      // biome-ignore lint/a11y/useMediaCaption: customers' videos bring no captions.
      return <video className="video" src={file.url} controls preload="metadata" onError={fail} />;
    case "document":
      return <Paper file={file} />;
    default:
      return <Sound url={file.url} voice={media === "voice"} onError={fail} />;
  }
}

function Paper({ file }: { file: ChatFile }) {
  const { texts } = usePage();
  const { kinds, media: words } = texts.chat;
  const name = file.filename ?? kinds.document;
  const extension = /\.(?<extension>\w{1,5})$/.exec(name)?.groups?.extension;
  const kind = extension ?? file.mimeType?.split("/")[1] ?? "";
  return (
    <a className="paper" href={file.url} download={name} aria-label={`${words.download}: ${name}`}>
      <Icon name="document" />
      <span>
        <b>{name}</b>
        <small>{kind.toUpperCase()}</small>
      </span>
    </a>
  );
}
