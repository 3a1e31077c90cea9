import { InsightFrame } from "../frame/insight-frame.tsx";

export default function Service() {
  return (
    <InsightFrame page="service" intro="" head={null}>
      {null}
    </InsightFrame>
  );
}
