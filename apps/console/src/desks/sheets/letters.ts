const LETTERS = 26;

/** 1 → A, 27 → AA: as the sheet names its columns. */
export const letterOf = (column: number): string => {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / LETTERS)) {
    name = String.fromCharCode(65 + ((rest - 1) % LETTERS)) + name;
  }
  return name;
};
