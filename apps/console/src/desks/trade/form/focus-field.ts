/** The control behind a field of a gap, by its name or by the part of the form that holds it. */
const CONTROLS: Readonly<Record<string, string>> = {
  gain: 'gainText',
  'text.figure': 'text',
  'contact.name': 'contactName',
  'contact.phone': 'contactPhone',
  'contact.email': 'contactEmail',
};

export const controlOf = (field: string): string => {
  const right = /^intellectualProperty\.(\d+)\.number$/.exec(field);
  return right ? `rights.${right[1]}.number` : (CONTROLS[field] ?? field);
};

const FOCUSABLE = 'input, select, textarea, button';

/** Brings the reader to a field: by its control, or the first one in the part of that name. */
export const focusField = (field: string): void => {
  const name = CSS.escape(controlOf(field));
  const control =
    document.querySelector<HTMLElement>(`[name="${name}"]`) ??
    document
      .querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`)
      ?.querySelector<HTMLElement>(FOCUSABLE);
  control?.scrollIntoView({ block: 'center' });
  control?.focus();
};
