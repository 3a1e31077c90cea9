import "./sound.css";
import { useRef, useState } from "react";
import { Icon } from "../../shared/icons.tsx";
import { usePage } from "../../shared/page.tsx";

/** Seconds as `0:07`. */
function clock(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.round(seconds) : 0;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Player of a voice note or other audio. */
export function Sound({ url, voice, onError }: { url: string; voice: boolean; onError(): void }) {
  const { texts } = usePage();
  const { kinds, media: words } = texts.chat;
  const player = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [atS, setAtS] = useState(0);
  const [lengthS, setLengthS] = useState(0);
  const toggle = () => {
    if (playing) player.current?.pause();
    else void player.current?.play().catch(onError);
  };
  return (
    <div className="sound">
      {/* biome-ignore lint/a11y/useMediaCaption: the transcript, if there is one, is shown below. */}
      <audio
        ref={player}
        src={url}
        preload="metadata"
        onError={onError}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={(event) => setAtS(event.currentTarget.currentTime)}
        onDurationChange={(event) => setLengthS(event.currentTarget.duration)}
      />
      <button
        type="button"
        className="sound-play"
        aria-label={playing ? words.pause : words.play}
        onClick={toggle}
      >
        <Icon name={playing ? "pause" : "play"} />
      </button>
      <input
        type="range"
        min={0}
        max={Number.isFinite(lengthS) && lengthS > 0 ? lengthS : 1}
        step="any"
        value={atS}
        aria-label={words.position}
        onChange={(event) => {
          if (player.current) player.current.currentTime = Number(event.target.value);
        }}
      />
      <span className="sound-time number">{clock(playing || atS > 0 ? atS : lengthS)}</span>
      <span className="sound-kind" title={voice ? kinds.voice : kinds.audio}>
        <Icon name={voice ? "voice" : "audio"} />
        <span className="unseen">{voice ? kinds.voice : kinds.audio}</span>
      </span>
    </div>
  );
}
