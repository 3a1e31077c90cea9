import type { SessionView } from "../../../../contracts/console/access.ts";
import { api } from "../client/api.ts";
import { useApi } from "../client/use-api.ts";
import { useDates } from "../shell/dates.ts";
import { Problem } from "../shell/problem.tsx";
import { useTexts } from "../shell/texts.ts";
import { useToasts } from "../shell/toasts.tsx";
import { useAct } from "../shell/use-act.ts";
import { Waiting } from "../shell/waiting.tsx";

/** Where the operator is signed in; each session can be ended. */
export function Sessions() {
  const { access } = useTexts();
  const toasts = useToasts();
  const { data, error, mutate } = useApi<SessionView[]>("/sessions");
  const ending = useAct(async (path: string) => {
    await api(path, { body: {} });
    await mutate();
    toasts.show({ text: access.sessionEnded });
  });
  return (
    <section className="card" aria-labelledby="sessions-title">
      <h2 id="sessions-title">{access.sessions}</h2>
      <p className="hint">{access.sessionsHint}</p>
      {error && <Problem error={error} onRetry={() => mutate()} />}
      {ending.error !== null && <Problem error={ending.error} />}
      {!data && !error && <Waiting />}
      {data && (
        <ul className="lines">
          {data.map((session) => (
            <Line
              key={session.id}
              session={session}
              onEnd={() => ending.run(`/sessions/${session.id}/end`)}
            />
          ))}
        </ul>
      )}
      {data && data.length > 1 && (
        <div className="form-foot">
          <button type="button" className="button" onClick={() => ending.run("/sessions/end-others")}>
            {access.endOthers}
          </button>
        </div>
      )}
    </section>
  );
}

function Line({
  session: { device, createdAt, seenAt, current },
  onEnd,
}: {
  session: SessionView;
  onEnd(): void;
}) {
  const { access } = useTexts();
  const dates = useDates();
  return (
    <li>
      <div className="line-main">
        <strong>{device === "unknown device" ? access.unknownDevice : device}</strong>
        <p>{access.sessionTimes(dates.moment(createdAt), dates.relative(seenAt))}</p>
      </div>
      {current ? (
        <span className="badge">{access.thisDevice}</span>
      ) : (
        <button
          type="button"
          className="button small"
          aria-label={`${access.endSession}: ${device}`}
          onClick={onEnd}
        >
          {access.endSession}
        </button>
      )}
    </li>
  );
}
