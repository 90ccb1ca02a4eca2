export interface Setting {
  readonly name: string;
  readonly value: string;
}

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** The parameter file as a list: a name says the way to its value, `editions[0].weights.S`. */
export const settingsOf = (value: unknown, name = ''): readonly Setting[] => {
  if (isPlain(value)) return [{ name, value: String(value) }];
  if (Array.isArray(value)) {
    if (value.every(isPlain)) return [{ name, value: value.join(' · ') }];
    return value.flatMap((one, i) => settingsOf(one, `${name}[${i}]`));
  }
  return Object.entries(value as object).flatMap(([key, inner]) =>
    settingsOf(inner, name === '' ? key : `${name}.${key}`),
  );
};
