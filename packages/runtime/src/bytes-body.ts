import { Refusal } from '@jishi/contracts/problem';

const LENGTH = /^\d{1,15}$/;

/** HTTP itself ends such a body at its length: it is read whole, without a stream around it. */
const isMeasured = ({ headers }: Request): boolean =>
  LENGTH.test(headers.get('content-length') ?? '') && !headers.has('transfer-encoding');

/**
 * The bytes of a request's body. The limit holds for what arrives, not for what was declared: a
 * chunked body has no length, and a wrong length is no promise.
 */
export const readBytes = async (request: Request, bytesMax: number): Promise<Buffer> => {
  const declared = Number(request.headers.get('content-length') ?? '0');
  if (declared > bytesMax) throw new Refusal('too-large');
  if (isMeasured(request)) {
    const bytes = Buffer.from(await request.arrayBuffer());
    if (bytes.length > bytesMax) throw new Refusal('too-large');
    return bytes;
  }
  if (!request.body) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > bytesMax) throw new Refusal('too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};
