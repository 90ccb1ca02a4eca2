import type { LogHead } from '@jishi/contracts/ledger/envelope';
import { streamIndexValues, VALUES_EVENT } from '@jishi/contracts/ledger/index-endpoints';
import type { Service } from '@jishi/runtime/service';
import type { Frame } from '../domain/index/family/frames.ts';
import type { View } from '../domain/index/view.ts';
import { answerEvents } from './event-stream.ts';
import type { IndexDeps } from './index-deps.ts';
import { viewOf } from './index-view.ts';
import { createPulse } from './pulse.ts';
import { exactFrames, publicFrames } from './value-frames.ts';
import { createValuesHub } from './values-hub.ts';

/** The text of a frame, made once however many read it. */
const texts = new WeakMap<Frame, string>();
const textOf = (frame: Frame): string => {
  const text = texts.get(frame) ?? JSON.stringify(frame);
  texts.set(frame, text);
  return text;
};

/** GET /index/stream: exact for operator and auditor, the city by public steps for others. */
export const serveValuesStream = (
  service: Service,
  deps: IndexDeps & { readonly closing: AbortSignal },
): void => {
  const { family, index, clock, closing } = deps;
  const hubs = {
    exact: createValuesHub(() => exactFrames(deps), family.changed),
    public: createValuesHub(() => publicFrames(deps), index.changed),
  };
  const folded = (): LogHead => {
    const { seq, recordedAt } = family.latest().market;
    return { seq, recordedAt, kind: index.latest().kind };
  };
  const pulse = createPulse({
    ...{ logHead: index.logHead, clock, counted: folded },
    isRunning: () => family.consumer().status === 'running',
  });
  const asOf = (view: View): LogHead => {
    if (view === 'exact') return folded();
    const { seq, recordedAt } = index.published();
    return { seq, recordedAt, kind: index.latest().kind };
  };

  service.serveRaw(streamIndexValues, async ({ principal, context }) => {
    const view = viewOf(principal);
    return answerEvents(context, {
      ...{ isExact: view === 'exact', closing },
      heartbeat: () => pulse(asOf(view)),
      send: (stream, signal) =>
        hubs[view].follow(signal, (frame) =>
          stream.writeSSE({ event: VALUES_EVENT, id: `${frame.seq}`, data: textOf(frame) }),
        ),
    });
  });
};
