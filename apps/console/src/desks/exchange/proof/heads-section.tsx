import { listSignedHeads, type SignedHead } from '@jishi/contracts/ledger/proofs';
import { useRead } from '../../../api/queries.ts';
import { Section } from '../../../kit/page.tsx';
import { Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { At, Hash } from '../../../kit/values.tsx';
import { addressWith, Link, useParameter } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { saveNote } from './head-files.ts';
import { proofWords } from './words.ts';

const PAGE_SIZE = 20;

/** The part of `name+id+base64` that tells two keys apart. */
const keyIdOf = ({ verifierKey }: SignedHead): string => verifierKey.split('+')[1] ?? '';

const useColumns = (): readonly Column<SignedHead>[] => {
  const { w } = useAreaWords(proofWords);
  return [
    {
      ...{ key: 'size', head: w.size },
      cell: (row) => String(row.size),
      text: (row) => String(row.size),
    },
    {
      ...{ key: 'at', head: w.time },
      cell: (row) => <At instant={row.recordedAt} />,
      text: (row) => row.recordedAt,
    },
    {
      ...{ key: 'root', head: w.root },
      cell: (row) => <Hash hex={row.root} />,
      text: (row) => row.root,
    },
    {
      ...{ key: 'key', head: w.key },
      cell: (row) => <span className="mono">{keyIdOf(row)}</span>,
      text: (row) => row.verifierKey,
    },
    {
      ...{ key: 'take', head: w.take },
      cell: (row) => (
        <button
          type="button"
          className="quiet"
          aria-label={fill(w.takeThis, { size: row.size })}
          onClick={() => saveNote(row.note, row.size)}
        >
          {w.take}
        </button>
      ),
      text: (row) => row.note,
    },
  ];
};

/** Every signed head, newest first, each as the file that people keep. */
export const HeadsSection = () => {
  const { w } = useAreaWords(proofWords);
  const [asked] = useParameter('heads');
  const before = /^[1-9]\d{0,14}$/.test(asked ?? '') ? Number(asked) : null;
  const query = useRead(
    listSignedHeads,
    { query: { limit: PAGE_SIZE, ...(before ? { before } : {}) } },
    { keep: true },
  );
  const columns = useColumns();
  return (
    <Section title={w.headsTitle} id="heads">
      <Load query={query}>
        {(data) =>
          data.items.length === 0 ? (
            <p>{w.headsEmpty}</p>
          ) : (
            <>
              <p>{w.headsNote}</p>
              <Table
                caption={w.headsTitle}
                columns={columns}
                rows={data.items}
                rowKey={(row) => String(row.size)}
                fileName="jishi-signed-heads"
              />
              <p className="form-actions">
                {data.next === null ? null : (
                  <Link to={addressWith('heads', String(data.next))} className="outlined">
                    {w.earlier}
                  </Link>
                )}
                {before ? <Link to={addressWith('heads', null)}>{w.toNewest}</Link> : null}
              </p>
            </>
          )
        }
      </Load>
    </Section>
  );
};
