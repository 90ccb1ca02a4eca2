import { lazy, StrictMode, Suspense, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import './tokens.css';
import './base.css';
import { usePlace } from './place.tsx';
import { ErrorBoundary, Skeleton } from './states.tsx';
import { languageOf, useWords, WordsProvider } from './words/words.tsx';

const LivePage = lazy(async () => ({ default: (await import('./live/live-page.tsx')).LivePage }));
const HomePage = lazy(async () => ({ default: (await import('./home/home-page.tsx')).HomePage }));
/** Every other page stands in the frame, whose code no visitor of the live screen loads. */
const Desk = lazy(async () => ({ default: (await import('./shell/desk.tsx')).Desk }));
const SignInPage = lazy(async () => ({
  default: (await import('./session/sign-in-page.tsx')).SignInPage,
}));

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
      return <Desk path={place(path)} />;
  }
};

const Title = ({ path }: { path: string }) => {
  const { t } = useWords();
  useEffect(() => {
    const word = TITLES[place(path)];
    document.title = word ? `${t[word]} · ${t.siteTitle}` : t.siteTitle;
  }, [path, t]);
  return null;
};

const App = () => {
  const { path, search } = usePlace();
  return (
    <WordsProvider language={languageOf(search)}>
      <ErrorBoundary>
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
