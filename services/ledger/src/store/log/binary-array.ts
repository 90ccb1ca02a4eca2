/**
 * One-dimensional arrays in PostgreSQL's binary form. The driver sends a Buffer as it is, where it
 * would escape every element of a text array and the server would take the escapes out again.
 */

const OID = { bytea: 17, int8: 20, int4: 23, text: 25, timestamptz: 1184, uuid: 2950 } as const;

const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
const NULL_LENGTH = -1;
const UUID_BYTES = 16;
/** From 1970 to 2000, where PostgreSQL's clock starts. */
const EPOCH_2000_MS = 946_684_800_000;

/** An array's header and room for its elements. */
const open = (oid: number, count: number, hasNull: boolean, elementBytes: number): Buffer => {
  const buffer = Buffer.allocUnsafe(HEADER_BYTES + count * LENGTH_BYTES + elementBytes);
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(hasNull ? 1 : 0, 4);
  buffer.writeInt32BE(oid, 8);
  buffer.writeInt32BE(count, 12);
  buffer.writeInt32BE(1, 16);
  return buffer;
};

export const textArray = (values: readonly (string | null)[]): Buffer => {
  let bytes = 0;
  let hasNull = false;
  for (const value of values) {
    if (value === null) hasNull = true;
    else bytes += Buffer.byteLength(value);
  }
  const buffer = open(OID.text, values.length, hasNull, bytes);
  let at = HEADER_BYTES;
  for (const value of values) {
    const written = value === null ? 0 : buffer.write(value, at + LENGTH_BYTES);
    buffer.writeInt32BE(value === null ? NULL_LENGTH : written, at);
    at += LENGTH_BYTES + written;
  }
  return buffer;
};

export const byteaArray = (values: readonly (Buffer | null)[]): Buffer => {
  let bytes = 0;
  let hasNull = false;
  for (const value of values) {
    if (value === null) hasNull = true;
    else bytes += value.length;
  }
  const buffer = open(OID.bytea, values.length, hasNull, bytes);
  let at = HEADER_BYTES;
  for (const value of values) {
    buffer.writeInt32BE(value === null ? NULL_LENGTH : value.length, at);
    at += LENGTH_BYTES;
    if (value !== null) at += value.copy(buffer, at);
  }
  return buffer;
};

/** Each must be a well-formed UUID: see requireWellFormed. */
export const uuidArray = (values: readonly string[]): Buffer => {
  const buffer = open(OID.uuid, values.length, false, values.length * UUID_BYTES);
  let at = HEADER_BYTES;
  for (const value of values) {
    buffer.writeInt32BE(UUID_BYTES, at);
    buffer.write(value.replaceAll('-', ''), at + LENGTH_BYTES, 'hex');
    at += LENGTH_BYTES + UUID_BYTES;
  }
  return buffer;
};

export const int4Array = (values: readonly number[]): Buffer => {
  const buffer = open(OID.int4, values.length, false, values.length * 4);
  let at = HEADER_BYTES;
  for (const value of values) {
    buffer.writeInt32BE(4, at);
    buffer.writeInt32BE(value, at + LENGTH_BYTES);
    at += LENGTH_BYTES + 4;
  }
  return buffer;
};

export const int8Array = (values: readonly number[]): Buffer => {
  const buffer = open(OID.int8, values.length, false, values.length * 8);
  let at = HEADER_BYTES;
  for (const value of values) {
    buffer.writeInt32BE(8, at);
    buffer.writeBigInt64BE(BigInt(value), at + LENGTH_BYTES);
    at += LENGTH_BYTES + 8;
  }
  return buffer;
};

/** Instants as text; milliseconds are what the log keeps. */
export const timestampArray = (values: readonly (string | null)[]): Buffer => {
  const present = values.filter((value) => value !== null).length;
  const buffer = open(OID.timestamptz, values.length, present < values.length, present * 8);
  let at = HEADER_BYTES;
  for (const value of values) {
    buffer.writeInt32BE(value === null ? NULL_LENGTH : 8, at);
    at += LENGTH_BYTES;
    if (value !== null) {
      at = buffer.writeBigInt64BE(BigInt(Date.parse(value) - EPOCH_2000_MS) * 1_000n, at);
    }
  }
  return buffer;
};
