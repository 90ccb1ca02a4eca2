import { lazy, StrictMode, Suspense, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import './tokens.css';
import './base.css';
import { usePlace } from './place.tsx';
import { ErrorBoundary, Skeleton } from './states.tsx';
import { languageOf, useWords, WordsProvider } from './words/words.tsx';

const LivePage = lazy(async () => ({ default: (await import('./live/live-page.tsx')).LivePage }));
/** Every other page stands in the frame, whose code no visitor of the live screen loads. */
const Desk = lazy(async () => ({ default: (await import('./shell/desk.tsx')).Desk }));

/** An address with or without its last slash is the same page. */
const place = (path: string): string => (path.length > 1 ? path.replace(/\/$/, '') : path);

const LiveTitle = () => {
  const { t } = useWords();
  useEffect(() => {
    document.title = `${t.live} · ${t.siteTitle}`;
  }, [t]);
  return null;
};

const Page = ({ path }: { path: string }) => {
  if (path !== '/live') return <Desk path={path} />;
  return (
    <>
      <LiveTitle />
      <LivePage />
    </>
  );
};

const App = () => {
  const { path, search } = usePlace();
  return (
    <WordsProvider language={languageOf(search)}>
      <ErrorBoundary>
        <Suspense fallback={<Skeleton />}>
          <Page path={place(path)} />
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
