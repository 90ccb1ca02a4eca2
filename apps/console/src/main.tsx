import { type ComponentType, lazy, StrictMode, Suspense, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import './tokens.css';
import './base.css';
import { usePlace } from './place.tsx';
import { ErrorBoundary, Skeleton } from './states.tsx';
import { languageOf, loadEnglish, useWords, WordsProvider } from './words/words.tsx';

const loadLive = () => import('./live/live-page.tsx');
/** Every other page stands in the frame, whose code no visitor of the live screen loads. */
const loadDesk = () => import('./shell/desk.tsx');
/** Set before the first drawing where the code is there by then; else React waits for it. */
const pages: { Live: ComponentType; Desk: ComponentType<{ path: string }> } = {
  Live: lazy(async () => ({ default: (await loadLive()).LivePage })),
  Desk: lazy(async () => ({ default: (await loadDesk()).Desk })),
};

const OUTLINE_AFTER_MS = 300;
/** From then on a page keeps the component that it was drawn with. */
let isDrawn = false;

/** An address with or without its last slash is the same page. */
const place = (path: string): string => (path.length > 1 ? path.replace(/\/$/, '') : path);

const isLive = (path: string): boolean => place(path) === '/live';

const LiveTitle = () => {
  const { t } = useWords();
  useEffect(() => {
    document.title = `${t.live} · ${t.siteTitle}`;
  }, [t]);
  return null;
};

const Page = ({ path }: { path: string }) => {
  if (!isLive(path)) return <pages.Desk path={path} />;
  return (
    <>
      <LiveTitle />
      <pages.Live />
    </>
  );
};

const App = () => {
  const { path, search } = usePlace();
  return (
    <ErrorBoundary>
      <Suspense fallback={<Skeleton />}>
        <WordsProvider language={languageOf(search)}>
          <ErrorBoundary>
            <Suspense fallback={<Skeleton />}>
              <Page path={place(path)} />
            </Suspense>
          </ErrorBoundary>
        </WordsProvider>
      </Suspense>
    </ErrorBoundary>
  );
};

/**
 * Once something stands in a page's place, React shows the page 300 ms later at the earliest. So
 * nothing is drawn before the page's code is there, or has taken long enough for an outline.
 */
const untilThere = (): Promise<unknown> => {
  const isEnglish = languageOf(window.location.search) === 'en';
  const code = Promise.all([
    isLive(window.location.pathname)
      ? loadLive().then(({ LivePage }) => {
          if (!isDrawn) pages.Live = LivePage;
        })
      : loadDesk().then(({ Desk }) => {
          if (!isDrawn) pages.Desk = Desk;
        }),
    isEnglish ? loadEnglish() : null,
  ]);
  const late = new Promise((done) => window.setTimeout(done, OUTLINE_AFTER_MS));
  // What failed to load is told by the page itself, which asks for it again.
  return Promise.race([code.catch(() => undefined), late]);
};

const start = async (): Promise<void> => {
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  await untilThere();
  isDrawn = true;
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
};

void start();
