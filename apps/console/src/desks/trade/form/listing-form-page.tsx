import { readListingDraft } from '@jishi/contracts/market/drafts';
import { useRead } from '../../../api/queries.ts';
import { Load } from '../../../kit/states.tsx';
import type { PageProps } from '../../../shell/routes.ts';
import { OwnListing } from '../own/own-listing.tsx';
import { ListingForm } from './listing-form.tsx';
import { useNewRecord } from './new-record.ts';

/** 新建挂牌. */
export const NewListingPage = () => {
  const { id, wasKept, keep } = useNewRecord();
  if (wasKept) return <KeptListing listingId={id} />;
  return <ListingForm listingId={id} view={null} onFirstSave={keep} />;
};

/** A draft or one that came back is written on; anything later is looked at. */
const KeptListing = ({ listingId }: { listingId: string }) => {
  const query = useRead(readListingDraft, { params: { listingId } });
  return (
    <Load query={query} whole>
      {(view) =>
        view.status === null || view.status === 'draft' || view.status === 'returned' ? (
          <ListingForm key={listingId} listingId={listingId} view={view} />
        ) : (
          <OwnListing listingId={listingId} />
        )
      }
    </Load>
  );
};

export const ListingDeskPage = ({ values }: PageProps) => (
  <KeptListing listingId={values.listingId ?? ''} />
);
