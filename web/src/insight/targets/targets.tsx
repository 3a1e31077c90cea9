import { InsightFrame } from "../frame/insight-frame.tsx";

export default function Targets() {
  return (
    <InsightFrame page="targets" intro="" head={null}>
      {null}
    </InsightFrame>
  );
}
