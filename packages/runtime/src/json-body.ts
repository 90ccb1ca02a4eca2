import { Refusal, refuseField } from '@jishi/contracts/problem';
import { readBytes } from './bytes-body.ts';

const BODY_BYTES_MAX = 1_000_000;
const NESTING_MAX = 32;

/** Nesting is checked before parsing: JSON.parse itself would take a hundred thousand levels. */
const nestingOf = (text: string): number => {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === 92) i++;
      else if (code === 34) inString = false;
    } else if (code === 34) inString = true;
    else if (code === 123 || code === 91) deepest = Math.max(deepest, ++depth);
    else if (code === 125 || code === 93) depth--;
  }
  return deepest;
};

const readText = async (request: Request): Promise<string> => {
  const bytes = await readBytes(request, BODY_BYTES_MAX);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refuseField('invalid-input', '', 'json', '不是 UTF-8', 'Not UTF-8');
  }
};

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[{}]/g;
/** Names that mean something to the language itself; no field of ours is called so. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * The first key of a valid JSON text that stands twice in one object, or is reserved. JSON.parse
 * would keep the last of two; what somebody else read or signed may be the first.
 */
const ambiguousKey = (text: string): string | null => {
  const open: Set<string>[] = [];
  for (const [token, colon] of text.matchAll(TOKEN)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (colon !== undefined) {
      const key = JSON.parse(token.slice(0, -colon.length)) as string;
      const keys = open.at(-1);
      if (RESERVED.has(key) || keys?.has(key)) return key;
      keys?.add(key);
    }
  }
  return null;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw refuseField('invalid-input', '', 'json', '不是有效的 JSON', 'Not valid JSON');
  }
};

/** The request's JSON, or undefined when it has no body. */
export const readJsonBody = async (request: Request): Promise<unknown> => {
  const text = await readText(request);
  if (text === '') return undefined;
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json(;|$)/i.test(type)) throw new Refusal('media-type-unsupported');
  if (nestingOf(text) > NESTING_MAX) {
    throw refuseField('invalid-input', '', 'nesting', '嵌套过深', 'Nested too deeply');
  }
  const value = parse(text);
  const key = ambiguousKey(text);
  if (key === null) return value;
  throw refuseField(
    'invalid-input',
    key,
    'json-key',
    '键重复或不可用',
    'Key is repeated or reserved',
  );
};
