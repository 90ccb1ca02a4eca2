import { lazy, StrictMode, Suspense, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import './tokens.css';
import './base.css';
import { Link, usePlace } from './place.tsx';
import { SiteBar } from './site-bar.tsx';
import { ErrorBoundary, Skeleton } from './states.tsx';
import { DICTIONARIES, fill, languageOf, useWords, WordsProvider } from './words/words.tsx';

const LivePage = lazy(async () => ({ default: (await import('./live/live-page.tsx')).LivePage }));
const HomePage = lazy(async () => ({ default: (await import('./home/home-page.tsx')).HomePage }));
const SignInPage = lazy(async () => ({
  default: (await import('./session/sign-in-page.tsx')).SignInPage,
}));

/** In both languages: who mistypes an address has not chosen one. */
const Missing = ({ path }: { path: string }) => {
  const { language, t } = useWords();
  const second = language === 'zh' ? 'en' : 'zh';
  const other = DICTIONARIES[second];
  return (
    <>
      <SiteBar />
      <main id="main" className="page-main" data-ready="">
        <h1>{t.missing}</h1>
        <p className="missing-path">{fill(t.missingMore, { path })}</p>
        <div lang={second === 'zh' ? 'zh-CN' : 'en'} className="missing-other">
          <p>{other.missing}</p>
          <p className="missing-path">{fill(other.missingMore, { path })}</p>
        </div>
        <p className="missing-ways">
          <Link to="/" className="primary">
            {t.home} · {other.home}
          </Link>
          <Link to="/live" className="outlined">
            {t.live} · {other.live}
          </Link>
        </p>
      </main>
    </>
  );
};

/** An address with or without its last slash is the same page. */
const place = (path: string): string => (path.length > 1 ? path.replace(/\/$/, '') : path);

const TITLES: Readonly<Record<string, 'live' | 'signIn'>> = {
  '/live': 'live',
  '/sign-in': 'signIn',
};

const Page = ({ path }: { path: string }) => {
  switch (place(path)) {
    case '/':
      return <HomePage />;
    case '/live':
      return <LivePage />;
    case '/sign-in':
      return <SignInPage />;
    default:
      return <Missing path={path} />;
  }
};

const Title = ({ path }: { path: string }) => {
  const { t } = useWords();
  useEffect(() => {
    const word = TITLES[place(path)] ?? 'missing';
    document.title = path === '/' ? t.siteTitle : `${t[word]} · ${t.siteTitle}`;
  }, [path, t]);
  return null;
};

const App = () => {
  const { path, search } = usePlace();
  return (
    <WordsProvider language={languageOf(search)}>
      <ErrorBoundary key={path}>
        <Title path={path} />
        <Suspense fallback={<Skeleton />}>
          <Page path={path} />
        </Suspense>
      </ErrorBoundary>
    </WordsProvider>
  );
};

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
