import type { ServiceName } from '@jishi/contracts/roles';
import { useEffect, useState } from 'react';
import { minuteTime } from '../format/moment.ts';
import { fill, useWords } from '../words/words.tsx';
import { makeToken } from './session.ts';

const SERVICES = ['market', 'ledger', 'subsidy'] as const satisfies readonly ServiceName[];

type Given =
  | { readonly state: 'copied'; readonly expiresAtMs: number }
  | { readonly state: 'shown'; readonly expiresAtMs: number; readonly token: string }
  | { readonly state: 'failed'; readonly title: string | null };

const copy = async (token: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(token);
    return true;
  } catch {
    return false;
  }
};

/** One service: its interface page, and a token for it. A token is in memory alone. */
const Service = ({ service }: { service: ServiceName }) => {
  const { language, t } = useWords();
  const [given, setGiven] = useState<Given | null>(null);
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    if (!given || given.state === 'failed') return;
    const timer = window.setTimeout(() => setGiven(null), given.expiresAtMs - Date.now());
    return () => window.clearTimeout(timer);
  }, [given]);
  const take = async (): Promise<void> => {
    setAsking(true);
    const answer = await makeToken(service);
    if (answer.ok) {
      const { token, expiresAt } = answer.value;
      const expiresAtMs = Date.parse(expiresAt);
      const copied = await copy(token);
      setGiven(copied ? { state: 'copied', expiresAtMs } : { state: 'shown', expiresAtMs, token });
    } else {
      const title = language === 'zh' ? answer.problem?.title : answer.problem?.titleEn;
      setGiven({ state: 'failed', title: title ?? null });
    }
    setAsking(false);
  };
  const time = given && given.state !== 'failed' ? minuteTime(given.expiresAtMs) : '';
  return (
    <li>
      <a id={`${service}-docs`} href={`/api/${service}/docs`}>
        {t[`api.${service}`]}
      </a>
      <button
        type="button"
        className="outlined"
        disabled={asking}
        aria-describedby={`${service}-docs`}
        onClick={() => void take()}
      >
        {t.tokenCopy}
      </button>
      <div role="status" className="hint">
        {given?.state === 'copied' ? fill(t.tokenCopied, { time }) : null}
        {given?.state === 'failed' ? (given.title ?? t.tokenFailed) : null}
        {given?.state === 'shown' ? (
          <>
            {fill(t.tokenShown, { time })}
            <code className="token">{given.token}</code>
          </>
        ) : null}
      </div>
    </li>
  );
};

export const TokenList = () => {
  const { t } = useWords();
  return (
    <section aria-labelledby="tokens">
      <h2 id="tokens">{t.tokens}</h2>
      <p className="hint">{t.tokensHint}</p>
      <ul className="token-list">
        {SERVICES.map((service) => (
          <Service key={service} service={service} />
        ))}
      </ul>
    </section>
  );
};
