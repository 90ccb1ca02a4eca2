import { Component, type ReactNode, useEffect, useState } from 'react';
import { fill, useWords } from './words/words.tsx';

const SKELETON_AFTER_MS = 300;

/** The outline of the page, only when loading takes long enough to be noticed. */
export const Skeleton = () => {
  const { t } = useWords();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setShown(true), SKELETON_AFTER_MS);
    return () => window.clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-live="polite" className="skeleton">
      {shown ? (
        <>
          <span className="visually-hidden">{t.loading}</span>
          <span className="bone bone-wide" />
          <span className="bone" />
          <span className="bone" />
        </>
      ) : null}
    </div>
  );
};

/** Nothing could be read yet: what happened, what the page does about it, and the request's id. */
export const LoadFailed = (props: {
  trouble: { readonly requestId: string | null };
  onRetry: () => void;
}) => {
  const { t } = useWords();
  const { trouble, onRetry } = props;
  return (
    <div role="alert" className="notice">
      <h2>{t.loadFailed}</h2>
      <p>{t.loadFailedMore}</p>
      {trouble.requestId ? (
        <p className="request-id">{fill(t.requestId, { id: trouble.requestId })}</p>
      ) : null}
      <button type="button" className="primary" onClick={onRetry}>
        {t.retry}
      </button>
    </div>
  );
};

const CrashedNotice = () => {
  const { t } = useWords();
  return (
    <div role="alert" className="notice">
      <h1>{t.crashed}</h1>
      <p>{t.crashedMore}</p>
      <button type="button" className="primary" onClick={() => window.location.reload()}>
        {t.reload}
      </button>
    </div>
  );
};

interface BoundaryProps {
  readonly children: ReactNode;
  /** Within a frame that already has the page's main landmark. */
  readonly inside?: boolean;
}

/** A fault of drawing shows a page with a way out instead of a blank one. */
export class ErrorBoundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    if (this.props.inside) return <CrashedNotice />;
    return (
      <main id="main" className="page-main">
        <CrashedNotice />
      </main>
    );
  }
}
