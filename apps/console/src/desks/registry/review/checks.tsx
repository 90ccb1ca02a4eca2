import type {
  CheckVerdict,
  RegistrationChecks,
  SystemCheck,
} from '@jishi/contracts/ledger/registry';
import type { z } from 'zod';
import { Section } from '../../../kit/page.tsx';
import { Link } from '../../../place.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { registryWords } from '../words.ts';
import { pointTo } from './point.ts';

const SIGN: Readonly<Record<CheckVerdict, string>> = {
  ok: '✓',
  warn: '△',
  fail: '×',
  unknown: '?',
};
const ORDER: Readonly<Record<CheckVerdict, number>> = { fail: 0, warn: 1, unknown: 2, ok: 3 };

export const CheckSign = ({ verdict }: { verdict: CheckVerdict }) => {
  const { w } = useAreaWords(registryWords);
  return (
    <span className={`check-sign check-${verdict}`}>
      <span aria-hidden="true">{SIGN[verdict]}</span>
      <span className="visually-hidden">{w[`verdict.${verdict}`]}</span>
    </span>
  );
};

/** What fails first, what may be wrong next, what nobody could tell, then what is right. */
export const inOrder = (items: readonly SystemCheck[]): readonly SystemCheck[] =>
  [...items].sort((a, b) => ORDER[a.verdict] - ORDER[b.verdict]);

const Check = ({ check }: { check: SystemCheck }) => {
  const { w, language } = useAreaWords(registryWords);
  const zh = language === 'zh';
  const { field } = check;
  return (
    <li className="check">
      <CheckSign verdict={check.verdict} />
      <span className="check-text">
        <span className="check-title">
          {field === null ? (
            zh ? (
              check.titleZh
            ) : (
              check.titleEn
            )
          ) : (
            <button
              type="button"
              className="quiet"
              title={w.checkShow}
              onClick={() => pointTo(field)}
            >
              {zh ? check.titleZh : check.titleEn}
            </button>
          )}
        </span>
        <span className="check-found">{zh ? check.zh : check.en}</span>
        {check.contractIds.map((id) => (
          <Link key={id} to={`/registry/cases/${id}`}>
            {fill(w.otherContract, { id: id.slice(-8) })}
          </Link>
        ))}
      </span>
    </li>
  );
};

const CheckList = ({ items }: { items: readonly SystemCheck[] }) => (
  <ul className="checks">
    {items.map((check) => (
      <Check key={`${check.code} ${check.field}`} check={check} />
    ))}
  </ul>
);

/** Beside the contract there is room for what is right, too; below it on a phone there is not. */
const isWide = (): boolean => window.matchMedia('(min-width: 1100px)').matches;

/** The system's checks, failing ones first; each leads to its place in the contract. */
export const Checks = ({ checks }: { checks: z.infer<typeof RegistrationChecks> }) => {
  const { w } = useAreaWords(registryWords);
  const items = inOrder(checks.items);
  const ok = items.filter((check) => check.verdict === 'ok');
  const open = items.filter((check) => check.verdict !== 'ok');
  return (
    <Section title={w.checks} aside={fill(w.checksCount, checks.count)}>
      <CheckList items={open} />
      <details open={isWide()}>
        <summary>{fill(w.checksOk, { n: ok.length })}</summary>
        <CheckList items={ok} />
      </details>
    </Section>
  );
};
