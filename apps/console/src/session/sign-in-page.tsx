import type { Me } from '@jishi/contracts/market/accounts';
import { Link } from '../place.tsx';
import { SiteBar } from '../site-bar.tsx';
import { Skeleton } from '../states.tsx';
import { fill, useWords } from '../words/words.tsx';
import { seesExact } from './session.ts';
import { SignInForm } from './sign-in-form.tsx';
import './session.css';
import { TokenList } from './token-list.tsx';
import { leave, signedIn, useWho } from './who.ts';

const WhoAmI = ({ me }: { me: Me }) => {
  const { t } = useWords();
  const roles = me.roles.map((role) => t[`role.${role}`]).join(t.listComma);
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
        <button type="button" className="outlined" onClick={() => void leave()}>
          {t.signOut}
        </button>
      </div>
      <p className="hint">{t.homeLater}</p>
      <TokenList />
    </>
  );
};

export const SignInPage = () => {
  const { t } = useWords();
  const known = useWho();
  return (
    <>
      <SiteBar />
      <main
        id="main"
        className="page-main session"
        data-ready={known.state === 'asking' ? undefined : ''}
      >
        {known.state === 'asking' ? <Skeleton /> : null}
        {known.state === 'person' ? <WhoAmI me={known.me} /> : null}
        {known.state === 'trouble' ? (
          <p role="alert" className="form-problem">
            {t.sessionFailed}
            {known.requestId ? ` ${fill(t.requestId, { id: known.requestId })}` : ''}
          </p>
        ) : null}
        {known.state === 'nobody' || known.state === 'trouble' ? (
          <SignInForm onSignedIn={() => void signedIn()} />
        ) : null}
      </main>
    </>
  );
};
