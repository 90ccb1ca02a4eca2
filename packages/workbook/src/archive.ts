import { promisify } from 'node:util';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { type ReadLimits, Unreadable } from './sheet.ts';

/** The parts of an archive by name, each read only when asked for. */
export interface Archive {
  readonly names: readonly string[];
  /** Feeds a part's bytes piece by piece; nothing is kept. False when there is no such part. */
  readonly read: (name: string, take: (chunk: Buffer) => void) => Promise<boolean>;
}

const open = promisify<Buffer, { lazyEntries: true; autoClose: false }, ZipFile>(fromBuffer);

const isLie = (error: Error): boolean => /too many bytes|not enough bytes/.test(error.message);

/** What the archive says of itself, checked before a single byte is inflated. */
const checkDeclared = (entry: Entry, soFar: number, limits: ReadLimits): number => {
  if (entry.isEncrypted()) throw new Unreadable('encrypted');
  const { compressedSize, uncompressedSize } = entry;
  const total = soFar + uncompressedSize;
  const tooDense =
    uncompressedSize > compressedSize * limits.ratioMax && uncompressedSize > 100_000;
  if (total > limits.unpackedMax || tooDense) throw new Unreadable('unpacks-too-large');
  return total;
};

const listEntries = (zip: ZipFile, limits: ReadLimits): Promise<Map<string, Entry>> =>
  new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    let total = 0;
    zip.on('error', () => reject(new Unreadable('damaged')));
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      try {
        total = checkDeclared(entry, total, limits);
        if (entries.size >= limits.entriesMax) throw new Unreadable('unpacks-too-large');
        if (entries.has(entry.fileName)) throw new Unreadable('damaged', 'a name twice');
        entries.set(entry.fileName, entry);
        zip.readEntry();
      } catch (error) {
        reject(error);
      }
    });
    zip.readEntry();
  });

const openStream = (zip: ZipFile, entry: Entry) =>
  new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) =>
      error ? reject(new Unreadable('damaged', error.message)) : resolve(stream),
    );
  });

/**
 * Opens an archive whose sizes are within the limits, by what it declares. What is really inflated
 * is held to the declared size by yauzl, part by part: a lying size ends the reading.
 */
export const openArchive = async (bytes: Buffer, limits: ReadLimits): Promise<Archive> => {
  const zip = await open(bytes, { lazyEntries: true, autoClose: false }).catch(() => {
    throw new Unreadable('damaged');
  });
  const entries = await listEntries(zip, limits);
  return {
    names: [...entries.keys()],
    read: async (name, take) => {
      const entry = entries.get(name);
      if (!entry) return false;
      const stream = await openStream(zip, entry);
      try {
        for await (const chunk of stream) take(chunk as Buffer);
      } catch (error) {
        if (error instanceof Unreadable) throw error;
        const lie = error instanceof Error && isLie(error);
        throw new Unreadable(lie ? 'unpacks-too-large' : 'damaged');
      }
      return true;
    },
  };
};
