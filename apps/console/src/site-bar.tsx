import { addressWith, Link, replaceAddress, usePlace } from './place.tsx';
import { useWords } from './words/words.tsx';

const PAGES = [
  { to: '/', word: 'home' },
  { to: '/live', word: 'liveShort' },
  { to: '/sign-in', word: 'signIn' },
] as const;

/** Name, the pages there are, and the language. Absent on the wall. */
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
