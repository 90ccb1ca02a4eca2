import { shortIndex } from '../format/change.ts';
import { dayOf } from '../format/moment.ts';
import { useAmount } from '../live/number-cards.tsx';
import { useLive } from '../live/use-live.ts';
import { Link } from '../place.tsx';
import { SiteBar } from '../site-bar.tsx';
import { LoadFailed, Skeleton } from '../states.tsx';
import { fill, useWords } from '../words/words.tsx';
import './home.css';

const APIS = ['market', 'ledger', 'subsidy'] as const;
const RAW = [
  { href: '/api/ledger/live', word: 'rawLive' },
  { href: '/api/ledger/feed', word: 'rawFeed' },
  { href: '/api/ledger/index/method', word: 'rawMethod' },
] as const;

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
  const { t } = useWords();
  const amount = useAmount();
  const { snapshot, trouble, retry } = useLive(false);
  if (!snapshot) {
    return trouble ? <LoadFailed trouble={trouble} onRetry={retry} /> : <Skeleton />;
  }
  const value = amount(BigInt(snapshot.gauge.contractValueFen));
  const index = snapshot.overall.point?.value;
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
        <Figure label={t.homeIndex} text={index ? shortIndex(index) : t.notDefined} />
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

export const HomePage = () => {
  const { t } = useWords();
  return (
    <>
      <SiteBar />
      <main id="main" className="page-main home">
        <h1>{t.homeQuestion}</h1>
        <p className="lead">{t.homeLead}</p>
        <Today />
        <p>
          <Link to="/live" className="primary">
            {t.openLive}
          </Link>
        </p>
        <div className="home-lists">
          <section aria-labelledby="apis">
            <h2 id="apis">{t.homeApis}</h2>
            <p className="hint">{t.homeLater}</p>
            <ul>
              {APIS.map((service) => (
                <li key={service}>
                  <a href={`/api/${service}/docs`}>{t[`api.${service}`]}</a>
                </li>
              ))}
            </ul>
          </section>
          <section aria-labelledby="raw">
            <h2 id="raw">{t.homeRaw}</h2>
            <ul>
              {RAW.map(({ href, word }) => (
                <li key={href}>
                  <a href={href}>{t[word]}</a>
                </li>
              ))}
            </ul>
          </section>
        </div>
      </main>
    </>
  );
};
