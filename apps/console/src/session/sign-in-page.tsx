import type { Me } from '@jishi/contracts/market/accounts';
import { go, Link, usePlace } from '../place.tsx';
import { landingOf } from '../shell/navigation.ts';
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
        <Link to={landingOf(me.roles)} className="primary">
          {t.toMyDesk}
        </Link>
        {seesExact(me) ? (
          <Link to="/live?exact=1" className="outlined">
            {t.exactLink}
          </Link>
        ) : (
          <Link to="/live" className="outlined">
            {t.openLive}
          </Link>
        )}
        <button type="button" className="outlined" onClick={() => void leave()}>
          {t.signOut}
        </button>
      </div>
      <TokenList />
    </>
  );
};

/** Where a page of the market sent somebody to sign in; never another site. */
const backTo = (search: string): string | null => {
  const back = new URLSearchParams(search).get('back');
  return back && /^\/[^/\\]/.test(back) ? back : null;
};

export const SignInPage = () => {
  const { t } = useWords();
  const known = useWho();
  const { search } = usePlace();
  const enter = async (): Promise<void> => {
    const now = await signedIn();
    if (now.state === 'person') go(backTo(search) ?? landingOf(now.me.roles));
  };
  return (
    <div className="session" data-ready={known.state === 'asking' ? undefined : ''}>
      {known.state === 'asking' ? <Skeleton /> : null}
      {known.state === 'person' ? <WhoAmI me={known.me} /> : null}
      {known.state === 'trouble' ? (
        <p role="alert" className="form-problem">
          {t.sessionFailed}
          {known.requestId ? ` ${fill(t.requestId, { id: known.requestId })}` : ''}
        </p>
      ) : null}
      {known.state === 'nobody' || known.state === 'trouble' ? (
        <SignInForm onSignedIn={() => void enter()} />
      ) : null}
    </div>
  );
};
