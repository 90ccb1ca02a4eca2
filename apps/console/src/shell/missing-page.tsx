import { useEffect } from 'react';
import { Link } from '../place.tsx';
import { useWho } from '../session/who.ts';
import { en } from '../words/en.ts';
import { fill, useWords } from '../words/words.tsx';
import { zh } from '../words/zh.ts';
import { landingOf } from './navigation.ts';

/**
 * Missing and not mine to see look alike; both say where to go on. In both languages: who mistypes
 * an address has not chosen one.
 */
export const MissingPage = ({ path }: { path: string }) => {
  const { language, t } = useWords();
  const second = language === 'zh' ? 'en' : 'zh';
  const other = second === 'zh' ? zh : en;
  const known = useWho();
  useEffect(() => {
    document.title = `${t.missingOrNotYours} · ${t.siteTitle}`;
  }, [t]);
  const home = known.state === 'person' ? landingOf(known.me.roles) : '/';
  return (
    <div className="missing-page" data-ready="">
      <h1>{t.missingOrNotYours}</h1>
      <p className="missing-path">{fill(t.missingOrNotYoursMore, { path })}</p>
      <div lang={second === 'zh' ? 'zh-CN' : 'en'} className="missing-other">
        <p>{other.missingOrNotYours}</p>
        <p className="missing-path">{fill(other.missingOrNotYoursMore, { path })}</p>
      </div>
      <p className="missing-ways">
        <Link to={home} className="primary">
          {known.state === 'person' ? t.toMyDesk : t.home}
        </Link>
      </p>
    </div>
  );
};
