const SEPARATOR = '\n\n';

/**
 * The notes of a file that is only ever added to: an empty line after each. A note is a text and
 * signatures with an empty line between, so two parts each; what a crash left of one is no note.
 */
export const notesOf = (text: string): string[] => {
  const parts = text.split(SEPARATOR);
  const notes: string[] = [];
  for (let i = 0; i + 2 < parts.length; i += 2) notes.push(`${parts[i]}\n\n${parts[i + 1]}\n`);
  return notes;
};
