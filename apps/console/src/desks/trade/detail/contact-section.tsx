import { revealListingContact, revealNeedContact } from '@jishi/contracts/market/reach';
import { useAct, useTrouble } from '../../../api/queries.ts';
import { BusyButton } from '../../../kit/dialog.tsx';
import { Facts, Section } from '../../../kit/page.tsx';
import { TroubleNotice } from '../../../kit/states.tsx';
import { Link } from '../../../place.tsx';
import { useWho } from '../../../session/who.ts';
import { fill, useWords } from '../../../words/words.tsx';
import { useTradeWords } from '../use-words.ts';

/** Who to talk to: shown after a press that is logged, to people of an organisation that trades. */
export const ContactSection = (props: { kind: 'listing' | 'need'; id: string }) => {
  const { t } = useWords();
  const { w } = useTradeWords();
  const known = useWho();
  const ofListing = useAct(revealListingContact);
  const ofNeed = useAct(revealNeedContact);
  const act = props.kind === 'listing' ? ofListing : ofNeed;
  const trouble = useTrouble(act);
  const shown = act.data;
  const reveal = (): void => {
    if (props.kind === 'listing') ofListing.mutate({ params: { listingId: props.id } });
    else ofNeed.mutate({ params: { needId: props.id } });
  };
  const trades =
    known.state === 'person' &&
    known.me.roles.some((role) => ['buyer', 'listing-officer', 'broker'].includes(role));
  return (
    <Section title={w.contact}>
      {shown ? (
        <>
          <Facts
            items={[
              [w.contactName, shown.contact.name],
              [w.contactPhone, shown.contact.phone ?? '—'],
              [t.email, shown.contact.email ?? '—'],
            ]}
          />
          <p className="hint">{fill(w.contactsLeft, { n: shown.leftToday })}</p>
        </>
      ) : trades ? (
        <>
          <p className="hint">{w.contactHint}</p>
          <BusyButton look="outlined" busy={act.isPending} onClick={reveal}>
            {w.showContact}
          </BusyButton>
          {trouble ? <TroubleNotice trouble={trouble} /> : null}
        </>
      ) : (
        <p>
          {known.state === 'person' ? w.contactForTraders : w.contactSignIn}{' '}
          {known.state === 'nobody' ? (
            <Link to={`/sign-in?back=${encodeURIComponent(window.location.pathname)}`}>
              {t.signIn}
            </Link>
          ) : null}
        </p>
      )}
    </Section>
  );
};
