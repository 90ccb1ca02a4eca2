import type { ReactNode } from 'react';
import './kit.css';

/**
 * Top of a page: its one h1, a line about it (what, as of when), and at most one filled button.
 * Put `ready` on once the page's data are there: browser tests and screenshots wait for it.
 */
export const PageHead = (props: {
  title: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  ready?: boolean;
}) => (
  <header className="page-head" data-ready={props.ready === false ? undefined : ''}>
    <div>
      <h1>{props.title}</h1>
      {props.note ? <p className="page-note">{props.note}</p> : null}
    </div>
    {props.actions ? <div className="page-actions">{props.actions}</div> : null}
  </header>
);

/** A card with a heading of its own. */
export const Section = (props: {
  title: ReactNode;
  aside?: ReactNode;
  id?: string;
  children: ReactNode;
}) => (
  <section className="section" id={props.id}>
    <div className="section-head">
      <h2>{props.title}</h2>
      {props.aside ? <div className="section-aside">{props.aside}</div> : null}
    </div>
    {props.children}
  </section>
);

/** Main column and a narrower one; below one another on a narrow screen. */
export const Columns = (props: { main: ReactNode; side: ReactNode; sideFirst?: boolean }) => (
  <div className={props.sideFirst ? 'columns columns-side-first' : 'columns'}>
    <div className="columns-main">{props.main}</div>
    <div className="columns-side">{props.side}</div>
  </div>
);

/** Label and value pairs: facts of a record. */
export const Facts = (props: { items: readonly (readonly [ReactNode, ReactNode])[] }) => (
  <dl className="facts">
    {props.items.map(([label, value], i) => (
      <div key={typeof label === 'string' ? label : i}>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
