import { newId } from '@jishi/contracts/ids';
import { listPayeeAccounts, registerPayeeAccount } from '@jishi/contracts/subsidy/endpoints';
import type { PayeeAccountView } from '@jishi/contracts/subsidy/payment';
import { type ReactNode, useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useAct, useRead, useTrouble } from '../../../api/queries.ts';
import { dayOf, minuteTime } from '../../../format/moment.ts';
import { Confirm } from '../../../kit/dialog.tsx';
import { TextField } from '../../../kit/fields.tsx';
import { FormProblems, showAtFields } from '../../../kit/form-problems.tsx';
import { Tag } from '../../../kit/marks.tsx';
import { PageHead, Section } from '../../../kit/page.tsx';
import { useSay } from '../../../kit/said.tsx';
import { Empty, Load } from '../../../kit/states.tsx';
import { type Column, Table } from '../../../kit/table.tsx';
import { At } from '../../../kit/values.tsx';
import { useAreaWords } from '../../../words/area.ts';
import { fill } from '../../../words/words.tsx';
import { useIntention } from '../intention.ts';
import { type DealsWords, dealsWords } from '../words.ts';
import '../deals.css';

interface AccountValues {
  accountName: string;
  bankName: string;
  accountNumber: string;
}
const NAMES = ['accountName', 'bankName', 'accountNumber'] as const;
const fieldOf = (field: string) => NAMES.find((name) => name === field) ?? null;

type Use = 'inUse' | 'notYet' | 'replaced';

/** Newest first: the first that is effective is the one used. */
const usesOf = (accounts: readonly PayeeAccountView[]): ReadonlyMap<string, Use> => {
  const now = Date.now();
  const isEffective = (a: PayeeAccountView): boolean => Date.parse(a.effectiveFrom) <= now;
  const used = accounts.find(isEffective)?.accountId;
  return new Map(
    accounts.map((a) => [
      a.accountId,
      a.accountId === used ? 'inUse' : isEffective(a) ? 'replaced' : 'notYet',
    ]),
  );
};

const columnsOf = (
  w: DealsWords,
  uses: ReadonlyMap<string, Use>,
): readonly Column<PayeeAccountView>[] => {
  const useOf = ({ accountId }: PayeeAccountView): Use => uses.get(accountId) ?? 'notYet';
  return [
    { key: 'name', head: w.accountName, cell: (a) => a.accountName, text: (a) => a.accountName },
    { key: 'bank', head: w.bankName, cell: (a) => a.bankName, text: (a) => a.bankName },
    {
      key: 'ending',
      head: w.accountEnding,
      cell: (a) => <span className="mono">•••• {a.accountEnding}</span>,
      text: (a) => a.accountEnding,
    },
    {
      key: 'use',
      head: w.state,
      cell: (a) => <Tag tone={useOf(a) === 'inUse' ? 'ok' : 'plain'}>{w[useOf(a)]}</Tag>,
      text: (a) => w[useOf(a)],
    },
    {
      key: 'from',
      head: w.effectiveFrom,
      cell: (a) => <At instant={a.effectiveFrom} />,
      text: (a) => a.effectiveFrom,
    },
  ];
};

const AccountForm = ({ isChange }: { isChange: boolean }): ReactNode => {
  const { w, language } = useAreaWords(dealsWords);
  const say = useSay();
  const form = useForm<AccountValues>({
    defaultValues: { accountName: '', bankName: '', accountNumber: '' },
  });
  const { control } = form;
  const [asked, setAsked] = useState<AccountValues | null>(null);
  const [commandId, next] = useIntention(newId);
  const act = useAct(registerPayeeAccount, (made) => {
    next();
    form.reset();
    const ms = Date.parse(made.effectiveFrom);
    say(fill(w.accountSaid, { at: `${dayOf(ms)} ${minuteTime(ms)}` }));
  });
  const trouble = useTrouble(act);
  useEffect(() => {
    if (trouble) showAtFields(form, trouble, language, fieldOf);
  }, [trouble, form, language]);
  const labels = {
    accountName: w.accountName,
    bankName: w.bankName,
    accountNumber: w.accountNumber,
  };
  const verb = isChange ? w.changeAccount : w.registerAccount;
  const register = (values: AccountValues): void => {
    setAsked(null);
    const accountNumber = values.accountNumber.replace(/\s/g, '');
    act.mutate({ body: { commandId, ...values, accountNumber } });
  };
  return (
    <form
      onSubmit={(event) => void form.handleSubmit((values) => setAsked(values))(event)}
      noValidate
      className="form-grid"
    >
      <FormProblems
        trouble={trouble}
        fieldOf={(field) => {
          const name = fieldOf(field);
          return name && { label: labels[name], name };
        }}
      />
      <TextField control={control} name="accountName" label={w.accountName} />
      <TextField control={control} name="bankName" label={w.bankName} />
      <TextField
        control={control}
        name="accountNumber"
        label={w.accountNumber}
        hint={w.accountHint}
        maxLength={40}
      />
      <div className="form-actions">
        <button type="submit" className="primary">
          {verb}
        </button>
      </div>
      <Confirm
        open={asked !== null}
        onClose={() => setAsked(null)}
        title={verb}
        act={verb}
        busy={act.isPending}
        trouble={null}
        onAct={() => asked && register(asked)}
      >
        <p>
          {fill(w.registerConfirm, {
            name: asked?.accountName ?? '',
            bank: asked?.bankName ?? '',
            ending: asked?.accountNumber.slice(-4) ?? '',
          })}
        </p>
      </Confirm>
    </form>
  );
};

const Accounts = ({ accounts }: { accounts: readonly PayeeAccountView[] }): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  return (
    <>
      {accounts.length === 0 ? (
        <Empty>{w.noAccounts}</Empty>
      ) : (
        <Table
          caption={w.payee}
          columns={columnsOf(w, usesOf(accounts))}
          rows={accounts}
          rowKey={(account) => account.accountId}
        />
      )}
      <Section title={accounts.length === 0 ? w.registerAccount : w.changeAccount}>
        <AccountForm isChange={accounts.length > 0} />
      </Section>
    </>
  );
};

/** Where are our awards paid to? */
export const PayeePage = (): ReactNode => {
  const { w } = useAreaWords(dealsWords);
  const query = useRead(listPayeeAccounts, {});
  return (
    <>
      <PageHead
        title={w.payee}
        note={w.payeeNote}
        ready={query.data !== undefined || query.isError}
      />
      <Load query={query}>{({ items }) => <Accounts accounts={items} />}</Load>
    </>
  );
};
