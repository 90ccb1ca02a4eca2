import { SaxesParser } from 'saxes';
import type { Archive } from './archive.ts';
import { Unreadable } from './sheet.ts';

export type Attributes = Readonly<Record<string, string>>;

export interface XmlHandler {
  readonly open: (name: string, attributes: Attributes) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads one XML part of an archive as events. A document type is refused, so there are no entities
 * but XML's own five; what is not well-formed is damaged.
 */
export const readXml = async (
  archive: Archive,
  part: string,
  handler: XmlHandler,
): Promise<boolean> => {
  const parser = new SaxesParser();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  parser.on('doctype', () => {
    throw new Unreadable('damaged', 'a document type');
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => handler.open(localName(tag.name), tag.attributes));
  parser.on('text', (text) => handler.text?.(text));
  parser.on('closetag', (tag) => handler.close?.(localName(tag.name)));
  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      throw error instanceof Unreadable ? error : new Unreadable('damaged', part);
    }
  };
  const found = await archive.read(part, (chunk) =>
    guarded(() => parser.write(decoder.decode(chunk, { stream: true }))),
  );
  if (found) guarded(() => parser.close());
  return found;
};
