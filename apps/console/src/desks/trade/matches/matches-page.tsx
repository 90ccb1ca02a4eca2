import { DistrictCode } from '@jishi/contracts/codes';
import type { NeedView } from '@jishi/contracts/market/listing';
import { type ListingMatch, matchNeed } from '@jishi/contracts/market/matching';
import { readNeed as readWords } from '@jishi/contracts/market/need-reading';
import { readNeed } from '@jishi/contracts/market/trade-listings';
import { useRead } from '../../../api/queries.ts';
import { dayOf } from '../../../format/moment.ts';
import { fieldName, regionName } from '../../../format/names.ts';
import { Facts, PageHead, Section } from '../../../kit/page.tsx';
import { Empty, Load } from '../../../kit/states.tsx';
import { Amount, ShortId } from '../../../kit/values.tsx';
import { addressWith, Link, replaceAddress, useParameter } from '../../../place.tsx';
import type { PageProps } from '../../../shell/routes.ts';
import { fill, useWords } from '../../../words/words.tsx';
import { HintBox } from '../form/need-preview.tsx';
import { Marked } from '../marked.tsx';
import { DEAL_TYPES, STATUSES } from '../names.ts';
import '../trade.css';
import { useTradeWords } from '../use-words.ts';
import { MatchCard } from './match-card.tsx';
import { inOrder, isStrong, type MatchOrder, worthShowing } from './order.ts';

const LIMIT = 50;

/** The need in its owner's words, and what the system took from them. */
const OwnWords = ({ need, matches }: { need: NeedView; matches: readonly ListingMatch[] }) => {
  const { language, t } = useWords();
  const { w } = useTradeWords();
  const { content } = need;
  const matched = matches[0]?.marksAsked.filter((mark) => mark.field === 'text') ?? [];
  const read = readWords(content.text, dayOf(Date.now())).marks;
  return (
    <Section title={w.myNeed}>
      <p className="own-words">
        <Marked text={content.text} marks={[...matched, ...read]} />
      </p>
      <Facts
        items={[
          [w.field, fieldName(content.fieldCode, language)],
          [w.readinessWanted, content.trlWanted ? `TRL ${content.trlWanted}` : w.anyReadiness],
          [w.budget, content.budgetFen ? <Amount key="b" fen={content.budgetFen} /> : w.noBudget],
          [
            w.dealTypes,
            content.dealTypes.map((deal) => DEAL_TYPES[deal][language]).join(t.listComma),
          ],
          [w.district, regionName(content.district, language, t)],
          [w.deadline, content.deadline ?? w.notStated],
        ]}
      />
    </Section>
  );
};

const Choose = (props: {
  label: string;
  parameter: string;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
}) => (
  <label>
    <span className="visually-hidden">{props.label}</span>
    <select
      value={props.value}
      onChange={(event) => replaceAddress(addressWith(props.parameter, event.target.value || null))}
    >
      {props.options.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  </label>
);

const orderOf = (text: string | null): MatchOrder =>
  text === 'price' || text === 'readiness' ? text : 'fit';

const Matches = ({ need, all }: { need: NeedView; all: readonly ListingMatch[] }) => {
  const { language, t } = useWords();
  const { w } = useTradeWords();
  const [sort] = useParameter('sort');
  const [district] = useParameter('district');
  const [opened] = useParameter('open');
  const shown = inOrder(all, orderOf(sort)).filter(
    (match) => district === null || match.listing.content.district === district,
  );
  const first = shown.find((match) => match.rejected === null)?.listing.listingId;
  const open = opened ?? first;
  return (
    <>
      <div className="results-head">
        <div className="filters">
          <Choose
            label={w.sortBy}
            parameter="sort"
            value={orderOf(sort) === 'fit' ? '' : orderOf(sort)}
            options={[
              ['', w.byFit],
              ['price', w.byPrice],
              ['readiness', w.byReadiness],
            ]}
          />
          <Choose
            label={w.facetDistrict}
            parameter="district"
            value={district ?? ''}
            options={[
              ['', w.allDistricts],
              ...DistrictCode.options.map((code) => [code, regionName(code, language, t)] as const),
            ]}
          />
        </div>
        <p role="status">
          {fill(w.matchCount, { n: shown.length, strong: shown.filter(isStrong).length })}
        </p>
      </div>
      {shown.length === 0 ? (
        <Empty
          action={
            district ? (
              <Link to={addressWith('district', null)} className="outlined">
                {fill(w.withoutFilter, { filter: w.district, n: all.length })}
              </Link>
            ) : (
              <Link to={`/results?fieldCode=${need.content.fieldCode}`} className="outlined">
                {w.browseField}
              </Link>
            )
          }
        >
          {w.noMatches}
        </Empty>
      ) : (
        shown.map((match) => (
          <MatchCard
            key={match.listing.listingId}
            match={match}
            needId={need.needId}
            needIsOpen={need.status === 'published'}
            open={match.listing.listingId === open}
          />
        ))
      )}
    </>
  );
};

/** Which results fit, and why? */
export const MatchesPage = ({ values }: PageProps) => {
  const { language } = useWords();
  const { w } = useTradeWords();
  const needId = values.needId ?? '';
  const need = useRead(readNeed, { params: { needId } });
  const matches = useRead(
    matchNeed,
    { params: { needId }, query: { limit: LIMIT } },
    { keep: true },
  );
  return (
    <Load query={need} whole>
      {(record) => (
        <>
          <PageHead
            title={record.content.title}
            ready={matches.data !== undefined}
            note={
              <>
                <ShortId id={record.needId} /> ·{' '}
                {record.openedOn
                  ? fill(w.openSince, { day: record.openedOn, until: record.expiresOn ?? '—' })
                  : STATUSES[record.status][language]}
              </>
            }
            actions={
              <Link to={`/desk/needs/${needId}`} className="outlined">
                {w.changeNeed}
              </Link>
            }
          />
          <Load query={matches} whole>
            {({ items, hint }) => (
              <div className="search-columns match-columns">
                <div>
                  <OwnWords need={record} matches={items} />
                  {hint ? <HintBox hint={hint} to={`/desk/needs/${needId}`} /> : null}
                </div>
                <div className="search-results">
                  <Matches need={record} all={worthShowing(items)} />
                </div>
              </div>
            )}
          </Load>
        </>
      )}
    </Load>
  );
};
