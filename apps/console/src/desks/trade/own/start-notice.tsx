import { newId } from '@jishi/contracts/ids';
import {
  listPriceNotices,
  startPriceNotice,
  withdrawPriceNotice,
} from '@jishi/contracts/market/price-notice';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useAct, useRead, useTrouble } from '../../../api/queries.ts';
import { BusyButton } from '../../../kit/dialog.tsx';
import { MoneyField, TextField } from '../../../kit/fields.tsx';
import { Section } from '../../../kit/page.tsx';
import { useSay } from '../../../kit/said.tsx';
import { Load, TroubleNotice } from '../../../kit/states.tsx';
import { NoticeList, NoticeRule } from '../detail/price-notices.tsx';
import { useTradeWords } from '../use-words.ts';

interface Values {
  proposedPriceFen: string;
  objectionsTo: string;
}

const StartForm = ({ listingId }: { listingId: string }) => {
  const { w } = useTradeWords();
  const say = useSay();
  const [noticeId, setNoticeId] = useState(newId);
  const { control, handleSubmit } = useForm<Values>({
    defaultValues: { proposedPriceFen: '', objectionsTo: '' },
  });
  const act = useAct(startPriceNotice, () => {
    say(w.noticeStarted);
    setNoticeId(newId());
  });
  const trouble = useTrouble(act);
  return (
    <form
      onSubmit={handleSubmit((values) =>
        act.mutate({ params: { listingId }, body: { noticeId, ...values } }),
      )}
    >
      <MoneyField control={control} name="proposedPriceFen" label={w.proposedPrice} />
      <TextField
        control={control}
        name="objectionsTo"
        label={w.objectionsField}
        hint={w.objectionsHint}
        maxLength={200}
      />
      {trouble ? <TroubleNotice trouble={trouble} /> : null}
      <BusyButton submits look="outlined" busy={act.isPending}>
        {w.startNotice}
      </BusyButton>
    </form>
  );
};

const WithdrawForm = (props: { listingId: string; noticeId: string }) => {
  const { w } = useTradeWords();
  const { control, handleSubmit } = useForm<{ because: string }>({
    defaultValues: { because: '' },
  });
  const act = useAct(withdrawPriceNotice);
  const trouble = useTrouble(act);
  return (
    <form onSubmit={handleSubmit((body) => act.mutate({ params: { ...props }, body }))}>
      <TextField control={control} name="because" label={w.withdrawWhy} maxLength={500} />
      {trouble ? <TroubleNotice trouble={trouble} /> : null}
      <BusyButton submits look="outlined" busy={act.isPending}>
        {w.withdrawNotice}
      </BusyButton>
    </form>
  );
};

/** 公示 as its owner works with it; nothing where no rule applies. */
export const OwnPriceNotice = ({ listingId }: { listingId: string }) => {
  const { w } = useTradeWords();
  const query = useRead(listPriceNotices, { params: { listingId } });
  if (query.data && !query.data.rule) return null;
  return (
    <Section title={w.priceNotice} id="price-notice">
      <Load query={query}>
        {({ rule, items }) => {
          const running = items.find((notice) => notice.state === 'running');
          return (
            <>
              {rule ? <NoticeRule rule={rule} /> : null}
              <NoticeList items={items} />
              {running ? (
                <WithdrawForm listingId={listingId} noticeId={running.noticeId} />
              ) : (
                <StartForm listingId={listingId} />
              )}
            </>
          );
        }}
      </Load>
    </Section>
  );
};
