import { useEffect, useRef, useState } from 'react';

/** `1021.37`: what the width of the cards was drawn for. */
const LENGTH_USUAL = 7;

/**
 * The large figure of a card. A changed digit cross-fades: the old one is painted by CSS from an
 * attribute, so that the text of the page is always only the new figure.
 */
export const BigNumber = (props: { text: string; unit?: string; exact?: string }) => {
  const { text, unit, exact } = props;
  const last = useRef(text);
  const [previous, setPrevious] = useState(text);
  useEffect(() => {
    setPrevious(last.current);
    last.current = text;
  }, [text]);
  const characters = [...text];
  // Aligned at the right: units under units.
  const shift = previous.length - characters.length;
  return (
    <p className={text.length > LENGTH_USUAL ? 'big long' : 'big'} title={exact}>
      <span className="visually-hidden">{unit ? `${text} ${unit}` : text}</span>
      <span aria-hidden="true" className="digits">
        {characters.map((character, index) => {
          const old = previous[index + shift] ?? '';
          const place = characters.length - index;
          return (
            <span
              key={`${place}${character}`}
              className={old === character ? 'digit' : 'digit changed'}
              data-old={old === character ? undefined : old}
            >
              {character}
            </span>
          );
        })}
      </span>
      {unit ? (
        <span aria-hidden="true" className="unit">
          {unit}
        </span>
      ) : null}
    </p>
  );
};
