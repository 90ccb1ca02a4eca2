import { QueryClientProvider } from '@tanstack/react-query';
import { type ComponentType, useEffect, useRef, useState } from 'react';
import '../kit/kit.css';
import './shell.css';
import { queries } from '../api/queries.ts';
import { SaidProvider } from '../kit/said.tsx';
import { go } from '../place.tsx';
import { useWho } from '../session/who.ts';
import { ErrorBoundary, Skeleton } from '../states.tsx';
import { useWords } from '../words/words.tsx';
import { ALL_ROUTES } from './all-routes.ts';
import { Frame } from './frame.tsx';
import { MissingPage } from './missing-page.tsx';
import { findRoute, mayOpen, type PageProps, type Route } from './routes.ts';

/** The page's code, loaded once per route; null while it is on its way. */
const usePage = (route: Route): ComponentType<PageProps> | null => {
  const [loaded, setLoaded] = useState<{
    readonly route: Route;
    readonly page: ComponentType<PageProps>;
  } | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  useEffect(() => {
    let current = true;
    route.load().then(
      (page) => current && setLoaded({ route, page }),
      (error: unknown) => current && setFailed(error),
    );
    return () => {
      current = false;
    };
  }, [route]);
  if (failed) throw failed;
  return loaded?.route === route ? loaded.page : null;
};

/** After a change of page a screen reader is at the new heading, and so is the keyboard. */
const useFocusOnHeading = (path: string): void => {
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    const untilThere = window.setInterval(() => {
      const heading = document.querySelector<HTMLElement>('#main h1');
      if (!heading) return;
      window.clearInterval(untilThere);
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }, 50);
    const giveUp = window.setTimeout(() => window.clearInterval(untilThere), 5_000);
    return () => {
      window.clearInterval(untilThere);
      window.clearTimeout(giveUp);
    };
  }, [path]);
};

const Loaded = (props: { route: Route; values: PageProps['values'] }) => {
  const { language, t } = useWords();
  const Page = usePage(props.route);
  useEffect(() => {
    document.title = `${props.route.title[language]} · ${t.siteTitle}`;
  }, [props.route, language, t]);
  return Page ? <Page values={props.values} /> : <Skeleton />;
};

/** One page behind the frame: who may not open it sees the same as for a missing one. */
const Opened = ({ path }: { path: string }) => {
  const known = useWho();
  const found = findRoute(ALL_ROUTES, path);
  useFocusOnHeading(path);
  if (!found) return <MissingPage path={path} />;
  if (found.route.access !== 'public') {
    if (known.state === 'asking') return <Skeleton />;
    if (known.state === 'nobody') return <ToSignIn />;
  }
  const roles = known.state === 'person' ? known.me.roles : null;
  if (!mayOpen(found.route, roles)) return <MissingPage path={path} />;
  return <Loaded key={path} route={found.route} values={found.values} />;
};

const ToSignIn = () => {
  useEffect(() => {
    const back = window.location.pathname + window.location.search;
    go(`/sign-in?back=${encodeURIComponent(back)}`);
  }, []);
  return <Skeleton />;
};

export const Desk = ({ path }: { path: string }) => (
  <QueryClientProvider client={queries}>
    <SaidProvider>
      <Frame path={path}>
        <ErrorBoundary key={path} inside>
          <Opened path={path} />
        </ErrorBoundary>
      </Frame>
    </SaidProvider>
  </QueryClientProvider>
);
