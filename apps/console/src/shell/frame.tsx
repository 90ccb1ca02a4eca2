import { readHead } from '@jishi/contracts/ledger/endpoints';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useRead } from '../api/queries.ts';
import { addressWith, Link, replaceAddress } from '../place.tsx';
import { type Known, useWho } from '../session/who.ts';
import { fill, useWords } from '../words/words.tsx';
import { KeysHelp } from './keys-help.tsx';
import { type NavigationGroup, navigationOf } from './navigation.ts';
import { NotificationBell } from './notifications/notification-bell.tsx';
import { SearchBox } from './search-box.tsx';

const BOTTOM_ITEMS_MAX = 3;

const groupsOf = (known: Known): readonly NavigationGroup[] =>
  known.state === 'person'
    ? navigationOf(known.me.roles, known.me.membership?.manages ?? false)
    : navigationOf([], false);

/** A page below an item belongs to it, so that the item stays marked on the page of one record. */
const isHere = (address: string, path: string): boolean => {
  const [to = ''] = address.split('?');
  return path === to || (to !== '/' && path.startsWith(`${to}/`));
};

const Groups = (props: { groups: readonly NavigationGroup[]; path: string; id: string }) => {
  const { language } = useWords();
  return props.groups.map((group) => (
    <section key={group.en} aria-labelledby={`${props.id}-${group.en}`}>
      <h2 id={`${props.id}-${group.en}`}>{group[language]}</h2>
      <ul>
        {group.items.map((item) => (
          <li key={item.to} className={isHere(item.to, props.path) ? 'here' : undefined}>
            <Link to={item.to} current={isHere(item.to, props.path)}>
              {item[language]}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  ));
};

const Account = ({ known }: { known: Known }) => {
  const { t } = useWords();
  if (known.state === 'asking') return <span className="frame-account" />;
  if (known.state !== 'person') {
    return (
      <span className="frame-account">
        <Link to="/sign-in" className="outlined">
          {t.signIn}
        </Link>
      </span>
    );
  }
  const { me } = known;
  return (
    <span className="frame-account">
      <Link to="/sign-in">
        <span className="visually-hidden">{t.signedInAs} </span>
        <span className="frame-initial" aria-hidden="true">
          {[...me.name][0]}
        </span>
        <span className="frame-name">{me.name}</span>
      </Link>
    </span>
  );
};

const LanguageSwitch = () => {
  const { language, t } = useWords();
  const other = language === 'zh' ? 'en' : null;
  return (
    <button
      type="button"
      className="quiet"
      lang={language === 'zh' ? 'en' : 'zh-CN'}
      onClick={() => replaceAddress(addressWith('lang', other))}
    >
      {t.otherLanguage}
    </button>
  );
};

/** All pages, opened from the bottom bar of a phone. */
const MenuSheet = (props: { groups: readonly NavigationGroup[]; path: string }) => {
  const { t } = useWords();
  const sheet = useRef<HTMLDialogElement>(null);
  const { path } = props;
  useEffect(() => {
    if (path) sheet.current?.close();
  }, [path]);
  return (
    <>
      <button type="button" onClick={() => sheet.current?.showModal()}>
        {t.menu}
      </button>
      <dialog ref={sheet} className="menu-sheet" aria-label={t.mainNavigation}>
        <div className="menu-sheet-bar">
          <LanguageSwitch />
          <button type="button" className="outlined" onClick={() => sheet.current?.close()}>
            {t.close}
          </button>
        </div>
        <Groups groups={props.groups} path={path} id="sheet" />
      </dialog>
    </>
  );
};

const BottomBar = (props: { groups: readonly NavigationGroup[]; path: string }) => {
  const { language, t } = useWords();
  const items = props.groups[0]?.items.slice(0, BOTTOM_ITEMS_MAX) ?? [];
  return (
    <nav className="bottom-bar" aria-label={t.quickNavigation}>
      {items.map((item) => (
        <Link key={item.to} to={item.to} current={isHere(item.to, props.path)}>
          {item[language]}
        </Link>
      ))}
      <MenuSheet groups={props.groups} path={props.path} />
    </nav>
  );
};

/** The browser says when the network is gone; drafts stay in the page. */
const OfflineLine = () => {
  const { t } = useWords();
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    };
  }, []);
  return online ? null : (
    <p role="status" className="offline-line">
      {t.offline}
    </p>
  );
};

/** A synthetic log is said to be one on every page, to everybody. */
const LogKindBadge = () => {
  const { t } = useWords();
  const { data } = useRead(readHead);
  if (data?.kind !== 'synthetic') return null;
  return (
    <span className="badge" title={t.syntheticMeaning}>
      {t.synthetic}
    </span>
  );
};

/** Left navigation by role, top bar with search and person, and the page. */
export const Frame = (props: { path: string; children: ReactNode }) => {
  const { t } = useWords();
  const known = useWho();
  const groups = groupsOf(known);
  return (
    <div className="frame">
      <a className="skip" href="#main">
        {t.skip}
      </a>
      <nav className="frame-side" aria-label={t.mainNavigation}>
        <p className="frame-brand">
          <Link to="/">{t.name}</Link>
        </p>
        <Groups groups={groups} path={props.path} id="side" />
      </nav>
      <header className="frame-top">
        <p className="frame-brand-small">
          <Link to="/">{t.name}</Link>
        </p>
        <SearchBox />
        <span className="frame-right">
          <LogKindBadge />
          {known.state === 'person' ? <NotificationBell /> : null}
          <LanguageSwitch />
          <Account known={known} />
        </span>
      </header>
      <main id="main" className="frame-main">
        <OfflineLine />
        {known.state === 'trouble' ? (
          <p role="alert" className="form-problem">
            {t.sessionFailed}
            {known.requestId ? ` ${fill(t.requestId, { id: known.requestId })}` : ''}
          </p>
        ) : null}
        {props.children}
      </main>
      <BottomBar groups={groups} path={props.path} />
      <KeysHelp />
    </div>
  );
};
