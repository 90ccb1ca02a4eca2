import { listListings, listNeeds } from '@jishi/contracts/market/trade-listings';
import { useRead } from '../api/queries.ts';
import { shortIndex } from '../format/change.ts';
import { dayOf, monthAndYear } from '../format/moment.ts';
import { fieldName } from '../format/names.ts';
import { useAmount } from '../live/number-cards.tsx';
import { useLive } from '../live/use-live.ts';
import { Link } from '../place.tsx';
import { LoadFailed, Skeleton } from '../states.tsx';
import { fill, useWords } from '../words/words.tsx';
import './home.css';

const Figure = (props: { label: string; text: string; unit?: string; title?: string }) => (
  <div className="figure">
    <dt>{props.label}</dt>
    <dd title={props.title}>
      {props.text}
      {props.unit ? <span className="small-unit">{props.unit}</span> : null}
    </dd>
  </div>
);

/** What the market did today, from the same public view as the live screen. */
const Today = () => {
  const { t, language } = useWords();
  const amount = useAmount();
  const { snapshot, trouble, retry } = useLive(false);
  if (!snapshot) {
    return trouble ? <LoadFailed trouble={trouble} onRetry={retry} /> : <Skeleton />;
  }
  const value = amount(BigInt(snapshot.gauge.contractValueFen));
  const { point } = snapshot.overall;
  const { asOfDay } = snapshot.gauge;
  const isToday = asOfDay === dayOf(Date.now());
  return (
    <>
      <dl className="figures" data-ready="">
        <Figure
          label={isToday ? t.homeToday : fill(t.homeOfDay, { day: asOfDay })}
          text={String(snapshot.registeredToday)}
          unit={t.unitCount}
        />
        <Figure
          label={fill(t.homeYear, { year: snapshot.gauge.year })}
          text={value.digits}
          unit={value.unit}
          title={value.exact}
        />
        <Figure
          label={
            point
              ? fill(t.homeIndexOf, { month: monthAndYear(point.month, language) })
              : t.homeIndex
          }
          text={point?.value ? shortIndex(point.value) : t.notDefined}
        />
        <Figure label={t.homeLog} text={String(snapshot.head.seq)} unit={t.unitEvents} />
      </dl>
      {snapshot.head.kind === 'synthetic' ? (
        <p className="home-note">
          <span className="badge">{t.synthetic}</span> {t.syntheticMeaning}
        </p>
      ) : null}
    </>
  );
};

const NEWEST = { query: { limit: 5 } };

/** A short list of what is new, each line a door. */
const Newest = (props: {
  id: string;
  title: string;
  empty: string;
  to: string;
  items: readonly { readonly to: string; readonly title: string; readonly note: string }[] | null;
}) => {
  const { t } = useWords();
  return (
    <section aria-labelledby={props.id} className="section">
      <div className="section-head">
        <h2 id={props.id}>{props.title}</h2>
        <Link to={props.to}>{t.homeAll}</Link>
      </div>
      {props.items?.length === 0 ? <p className="empty">{props.empty}</p> : null}
      <ul className="newest">
        {props.items?.map((item) => (
          <li key={item.to}>
            <Link to={item.to}>{item.title}</Link>
            <span className="hint">{item.note}</span>
          </li>
        ))}
      </ul>
    </section>
  );
};

const NewestResults = () => {
  const { language, t } = useWords();
  const query = useRead(listListings, NEWEST);
  const items = query.data?.items.map((listing) => ({
    to: `/results/${listing.listingId}`,
    title: listing.content.title,
    note: `${listing.owner.name}·${fieldName(listing.content.fieldCode, language)}`,
  }));
  return (
    <Newest
      id="new-results"
      title={t.homeResults}
      empty={t.homeNoResults}
      to="/results"
      items={items ?? null}
    />
  );
};

const NewestNeeds = () => {
  const { language, t } = useWords();
  const query = useRead(listNeeds, NEWEST);
  const items = query.data?.items.map((need) => ({
    to: `/needs/${need.needId}`,
    title: need.content.title,
    note: `${need.owner.name}·${fieldName(need.content.fieldCode, language)}`,
  }));
  return (
    <Newest
      id="new-needs"
      title={t.homeNeeds}
      empty={t.homeNoNeeds}
      to="/needs"
      items={items ?? null}
    />
  );
};

export const HomePage = () => {
  const { t } = useWords();
  return (
    <div className="home">
      <header className="page-head">
        <div>
          <h1>{t.homeQuestion}</h1>
          <p className="page-note">{t.homeLead}</p>
        </div>
        <div className="page-actions">
          <Link to="/live" className="outlined">
            {t.openLive}
          </Link>
          <Link to="/desk/needs/new" className="primary">
            {t.postNeed}
          </Link>
        </div>
      </header>
      <Today />
      <div className="home-lists">
        <NewestResults />
        <NewestNeeds />
      </div>
    </div>
  );
};
