import { readFile } from 'node:fs/promises';

const escapeHtml = (text: string): string =>
  text.replace(
    /[&<>"]/g,
    (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c,
  );

/** Headings get their own text as anchor, which is what the `type` of a problem points to. */
const renderBlock = (block: string): string => {
  const heading = /^(#{1,3}) `?([^`\n]+)`?$/.exec(block);
  if (heading) {
    const [, marks = '#', title = ''] = heading;
    const level = marks.length;
    return `<h${level} id="${escapeHtml(title)}">${escapeHtml(title)}</h${level}>`;
  }
  const code = escapeHtml(block).replace(/`([^`]+)`/g, '<code>$1</code>');
  return `<p>${code.replace(/\n/g, '<br>')}</p>`;
};

/** The problem catalogue as a page; null when the file is not there. */
export const renderProblemPages = async (file: string): Promise<string | null> => {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  const blocks = text.replace(/^(#{1,3} .*)$/gm, '\n$1\n').split(/\n\s*\n/);
  const body = blocks
    .map((b) => b.trim())
    .filter(Boolean)
    .map(renderBlock)
    .join('\n');
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>问题说明 · Problems</title>
</head><body>${body}</body></html>`;
};
