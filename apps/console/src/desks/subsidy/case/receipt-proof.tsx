import { readFeed } from '@jishi/contracts/ledger/endpoints';
import { Envelope } from '@jishi/contracts/ledger/envelope';
import { EVENT_DATA } from '@jishi/contracts/ledger/events';
import { readLeaves } from '@jishi/contracts/ledger/log-desk';
import type { CaseReceipt } from '@jishi/contracts/subsidy/case';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../../api/call.ts';
import { leafOf } from '../../../kit/hashing.ts';
import { Link } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { listed } from '../figures.ts';
import { subsidyWords } from '../words.ts';

/** Whether the record that the ledger gives is this receipt's, and hashes to the stored leaf. */
const isProven = async (receipt: CaseReceipt): Promise<boolean> => {
  const query = { after: receipt.seq - 1, limit: 1 };
  const [feed, leaves] = await Promise.all([
    call(readFeed, { query }),
    call(readLeaves, { query }),
  ]);
  const [item] = feed.items;
  const [stored] = leaves.items;
  if (!item || !stored) return false;
  const event = Envelope.safeParse(JSON.parse(item.envelope));
  if (!event.success || event.data.type !== 'ReceiptVerified') return false;
  const verified = EVENT_DATA.ReceiptVerified.safeParse(event.data.data);
  const isThis = event.data.seq === receipt.seq && verified.data?.receiptId === receipt.receiptId;
  return isThis && stored.seq === receipt.seq && (await leafOf(item.envelope)) === stored.leaf;
};

const wrongOf = async (receipts: readonly CaseReceipt[]): Promise<readonly number[]> => {
  const wrong: number[] = [];
  for (const receipt of receipts) if (!(await isProven(receipt))) wrong.push(receipt.seq);
  return wrong;
};

/** Checked here, in this browser: each receipt's record against the leaf that the log stored. */
export const ReceiptProof = ({ receipts }: { receipts: readonly CaseReceipt[] }) => {
  const { w, language } = useAreaWords(subsidyWords);
  const seqs = receipts.map((receipt) => receipt.seq);
  const check = useQuery({
    queryKey: ['subsidy', 'receipt-proof', seqs],
    queryFn: () => wrongOf(receipts),
  });
  const more = <Link to="/verify">{w.proofMore}</Link>;
  if (check.error) return <p className="proof-open">{w.proofNotChecked}</p>;
  if (!check.data) return <p className="proof-open">{w.proofChecking}</p>;
  if (check.data.length > 0) {
    return (
      <p role="alert" className="verdict-bad">
        ×{' '}
        {fill(w.proofWrong, {
          seqs: listed(
            check.data.map((seq) => `#${seq}`),
            language,
          ),
        })}{' '}
        {more}
      </p>
    );
  }
  return (
    <p className="proof">
      ✓ {fill(w.proofRight, { n: receipts.length })} {more}
    </p>
  );
};
