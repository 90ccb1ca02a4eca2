const POINTED = 'is-pointed';

/**
 * The element that shows a field of the contract. A check may name a field more exactly than the
 * page shows it (`…patentNumbers.0`): then the nearest one above is meant.
 */
export const elementOf = (field: string, root: ParentNode = document): HTMLElement | null => {
  const parts = field.split('.');
  for (let n = parts.length; n > 0; n--) {
    const path = CSS.escape(parts.slice(0, n).join('.'));
    const found = root.querySelector<HTMLElement>(`[data-field="${path}"]`);
    if (found) return found;
  }
  // A group such as `private.form` is shown by the first of its fields.
  return root.querySelector<HTMLElement>(`[data-field^="${CSS.escape(field)}."]`);
};

/** Brings a fact into sight, marks it and puts the focus there; the last one loses its mark. */
export const pointTo = (field: string): void => {
  const element = elementOf(field);
  if (!element) return;
  for (const other of document.querySelectorAll(`.${POINTED}`)) other.classList.remove(POINTED);
  element.classList.add(POINTED);
  element.tabIndex = -1;
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
  element.focus({ preventScroll: true });
};
