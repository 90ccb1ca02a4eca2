import { type ReactNode, useId } from 'react';
import { Link } from '../place.tsx';

/** An answer of a service is opened as it is; a page of the console keeps the language. */
const Door = ({ href, children }: { href: string; children: ReactNode }) =>
  href.startsWith('/api/') ? <a href={href}>{children}</a> : <Link to={href}>{children}</Link>;

/** A region of the screen: heading left, meta right. With `href` the heading opens the source. */
export const Card = (props: {
  name: string;
  title: string;
  meta?: ReactNode;
  href?: string | undefined;
  children: ReactNode;
}) => {
  const id = useId();
  return (
    <section className={`card ${props.name}`} aria-labelledby={id}>
      <div className="card-head">
        <h2 id={id}>{props.href ? <Door href={props.href}>{props.title}</Door> : props.title}</h2>
        {props.meta ? <p className="meta">{props.meta}</p> : null}
      </div>
      {props.children}
    </section>
  );
};
