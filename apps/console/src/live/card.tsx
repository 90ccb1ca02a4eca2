import { type ReactNode, useId } from 'react';

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
        <h2 id={id}>{props.href ? <a href={props.href}>{props.title}</a> : props.title}</h2>
        {props.meta ? <p className="meta">{props.meta}</p> : null}
      </div>
      {props.children}
    </section>
  );
};
