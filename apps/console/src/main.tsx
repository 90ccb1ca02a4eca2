import { lazy, StrictMode, Suspense, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import './tokens.css';
import './base.css';
import { usePlace } from './place.tsx';
import { SiteBar } from './site-bar.tsx';
import { ErrorBoundary, Skeleton } from './states.tsx';
import { languageOf, useWords, WordsProvider } from './words/words.tsx';

const LivePage = lazy(async () => ({ default: (await import('./live/live-page.tsx')).LivePage }));
const HomePage = lazy(async () => ({ default: (await import('./home/home-page.tsx')).HomePage }));
const SignInPage = lazy(async () => ({
  default: (await import('./session/sign-in-page.tsx')).SignInPage,
}));

const Missing = () => {
  const { t } = useWords();
  return (
    <>
      <SiteBar />
      <main id="main" className="page-main">
        <h1>{t.missing}</h1>
      </main>
    </>
  );
};

const Page = ({ path }: { path: string }) => {
  switch (path.length > 1 ? path.replace(/\/$/, '') : path) {
    case '/':
      return <HomePage />;
    case '/live':
      return <LivePage />;
    case '/sign-in':
      return <SignInPage />;
    default:
      return <Missing />;
  }
};

const Title = ({ path }: { path: string }) => {
  const { t } = useWords();
  useEffect(() => {
    const page = path.startsWith('/live') ? t.live : path.startsWith('/sign-in') ? t.signIn : '';
    document.title = page ? `${page} · ${t.siteTitle}` : t.siteTitle;
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
