import type { Me } from '@jishi/contracts/market/accounts';
import { useEffect, useState } from 'react';
import { Link } from '../place.tsx';
import { SiteBar } from '../site-bar.tsx';
import { Skeleton } from '../states.tsx';
import { fill, useWords } from '../words/words.tsx';
import { readMe, seesExact, signOut } from './session.ts';
import { SignInForm } from './sign-in-form.tsx';
import './session.css';

type Known =
  | { readonly state: 'asking' }
  | { readonly state: 'nobody' }
  | { readonly state: 'person'; readonly me: Me }
  | { readonly state: 'trouble'; readonly requestId: string | null };

const askWho = async (): Promise<Known> => {
  const answer = await readMe();
  if (answer.ok) return { state: 'person', me: answer.value };
  if (answer.status === 401) return { state: 'nobody' };
  return { state: 'trouble', requestId: answer.problem?.requestId ?? null };
};

const WhoAmI = (props: { me: Me; onSignedOut: () => void }) => {
  const { t } = useWords();
  const { me, onSignedOut } = props;
  const roles = me.roles.map((role) => t[`role.${role}`]).join('、');
  return (
    <>
      <h1>{t.signedInAs}</h1>
      <dl className="who">
        <dt>{t.person}</dt>
        <dd>
          {me.name}
          <span className="hint">{me.email}</span>
        </dd>
        <dt>{t.organisation}</dt>
        <dd>{me.membership?.organisation.name ?? t.none}</dd>
        <dt>{t.roles}</dt>
        <dd>{roles || t.noRoles}</dd>
      </dl>
      <div className="actions">
        {seesExact(me) ? (
          <Link to="/live?exact=1" className="primary">
            {t.exactLink}
          </Link>
        ) : (
          <Link to="/live" className="primary">
            {t.openLive}
          </Link>
        )}
        <button
          type="button"
          className="outlined"
          onClick={() => {
            signOut()
              .then((answer) => answer.ok && onSignedOut())
              .catch(() => undefined);
          }}
        >
          {t.signOut}
        </button>
      </div>
      <p className="hint">{t.homeLater}</p>
    </>
  );
};

export const SignInPage = () => {
  const { t } = useWords();
  const [known, setKnown] = useState<Known>({ state: 'asking' });
  const ask = () => {
    askWho()
      .then(setKnown)
      .catch(() => setKnown({ state: 'nobody' }));
  };
  useEffect(ask, []);
  return (
    <>
      <SiteBar />
      <main
        id="main"
        className="page-main session"
        data-ready={known.state === 'asking' ? undefined : ''}
      >
        {known.state === 'asking' ? <Skeleton /> : null}
        {known.state === 'person' ? (
          <WhoAmI me={known.me} onSignedOut={() => setKnown({ state: 'nobody' })} />
        ) : null}
        {known.state === 'trouble' ? (
          <p role="alert" className="form-problem">
            {t.sessionFailed}
            {known.requestId ? ` ${fill(t.requestId, { id: known.requestId })}` : ''}
          </p>
        ) : null}
        {known.state === 'nobody' || known.state === 'trouble' ? (
          <SignInForm onSignedIn={ask} />
        ) : null}
      </main>
    </>
  );
};
