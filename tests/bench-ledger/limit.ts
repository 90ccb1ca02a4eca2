import { once } from 'node:events';
import { newId } from '@jishi/contracts/ids';
import { from as copyFrom } from 'pg-copy-streams';
import { DATA_TEXT, HIDDEN_TEXT, openRivalPool, type Rival } from './rival.ts';

const BODY = DATA_TEXT + HIDDEN_TEXT;
const COPY_ROWS = 2_000;

/** The database alone: a bare INSERT of the same bytes per commit, and COPY for many at once. */
export const openLimit = async (url: string): Promise<Rival> => {
  const pool = openRivalPool(url);
  await pool.query('create table bare (id uuid primary key, body text not null)');
  return {
    append: async () => {
      await pool.query({
        name: 'bare',
        text: 'insert into bare (id, body) values ($1, $2)',
        values: [newId(), BODY],
      });
    },
    bulk: async () => {
      const client = await pool.connect();
      try {
        const copy = client.query(copyFrom('copy bare (id, body) from stdin (format csv)'));
        const quoted = `"${BODY.replaceAll('"', '""')}"\n`;
        copy.end(Array.from({ length: COPY_ROWS }, () => `${newId()},${quoted}`).join(''));
        await once(copy, 'finish');
      } finally {
        client.release();
      }
      return COPY_ROWS;
    },
    fill: async (count) => {
      await pool.query('insert into bare select uuidv7(), $1 from generate_series(1, $2::int)', [
        BODY,
        count,
      ]);
      await pool.query('vacuum (analyze) bare');
      await pool.query('checkpoint');
    },
    close: () => pool.end(),
  };
};
