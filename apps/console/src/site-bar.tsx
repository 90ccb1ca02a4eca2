import { addressWith, Link, replaceAddress, usePlace } from './place.tsx';
import { useWho } from './session/who.ts';
import { useWords } from './words/words.tsx';

const PAGES = [
  { to: '/', word: 'home' },
  { to: '/live', word: 'liveShort' },
] as const;

/** The way to sign in, or who is signed in; nothing while that is being asked. */
const Account = ({ path }: { path: string }) => {
  const { t } = useWords();
  const known = useWho();
  if (known.state === 'asking') return null;
  const name = known.state === 'person' ? known.me.name : null;
  return (
    <span className={path === '/sign-in' ? 'account here' : 'account'}>
      <Link to="/sign-in">
        {name ? <span className="visually-hidden">{t.signedInAs} </span> : null}
        <span className="account-name">{name ?? t.signIn}</span>
      </Link>
    </span>
  );
};

/** Name, the pages there are, who is signed in, and the language. Absent on the wall. */
export const SiteBar = () => {
  const { language, t } = useWords();
  const { path } = usePlace();
  const other = language === 'zh' ? 'en' : null;
  return (
    <div className="site-bar">
      <a className="skip" href="#main">
        {t.skip}
      </a>
      <nav aria-label={t.mainNavigation}>
        <span className="site-name">{t.name}</span>
        {PAGES.map(({ to, word }) => (
          <span key={to} className={path === to ? 'here' : undefined}>
            <Link to={to}>{t[word]}</Link>
          </span>
        ))}
        <Account path={path} />
      </nav>
      <button
        type="button"
        className="quiet"
        lang={language === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => replaceAddress(addressWith('lang', other))}
      >
        {t.otherLanguage}
      </button>
    </div>
  );
};
