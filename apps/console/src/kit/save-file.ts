const CLEAN_UP_MS = 10_000;

/** Offers bytes as a file by a link, which also works inside other apps' browsers. */
export const saveFile = (name: string, content: Blob): void => {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(url), CLEAN_UP_MS);
};

/** Text as a file; a table (csv.ts) unless told otherwise. */
export const saveText = (name: string, text: string, type = 'text/csv;charset=utf-8'): void =>
  saveFile(name, new Blob([text], { type }));
