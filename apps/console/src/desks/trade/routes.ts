import type { Route } from '../../shell/routes.ts';

const SELLER = ['listing-officer'] as const;
const BUYER = ['buyer'] as const;
const REVIEWER = ['exchange-operator'] as const;

export const tradeRoutes: readonly Route[] = [
  {
    path: '/results',
    title: { zh: '找成果', en: 'Find results' },
    access: 'public',
    load: async () => (await import('./search/search-page.tsx')).ResultsPage,
  },
  {
    path: '/needs',
    title: { zh: '找需求', en: 'Find needs' },
    access: 'public',
    load: async () => (await import('./search/search-page.tsx')).NeedsPage,
  },
  {
    path: '/results/:listingId',
    title: { zh: '成果详情', en: 'A result' },
    access: 'public',
    load: async () => (await import('./detail/listing-page.tsx')).ListingPage,
  },
  {
    path: '/needs/:needId',
    title: { zh: '需求详情', en: 'A need' },
    access: 'public',
    load: async () => (await import('./detail/need-page.tsx')).NeedPage,
  },
  {
    path: '/desk/listings',
    title: { zh: '我的成果', en: 'My listings' },
    access: SELLER,
    load: async () => (await import('./own/own-rows-page.tsx')).OwnListingsPage,
  },
  {
    path: '/desk/listings/new',
    title: { zh: '新建挂牌', en: 'New listing' },
    access: SELLER,
    load: async () => (await import('./form/listing-form-page.tsx')).NewListingPage,
  },
  {
    path: '/desk/listings/:listingId',
    title: { zh: '我的成果', en: 'My listing' },
    access: SELLER,
    load: async () => (await import('./form/listing-form-page.tsx')).ListingDeskPage,
  },
  {
    path: '/desk/needs',
    title: { zh: '我的需求', en: 'My needs' },
    access: BUYER,
    load: async () => (await import('./own/own-rows-page.tsx')).OwnNeedsPage,
  },
  {
    path: '/desk/needs/new',
    title: { zh: '发布需求', en: 'Post a need' },
    access: BUYER,
    load: async () => (await import('./form/need-form-page.tsx')).NewNeedPage,
  },
  {
    path: '/desk/needs/:needId',
    title: { zh: '我的需求', en: 'My need' },
    access: BUYER,
    load: async () => (await import('./form/need-form-page.tsx')).NeedDeskPage,
  },
  {
    path: '/desk/needs/:needId/matches',
    title: { zh: '匹配', en: 'Matches' },
    access: BUYER,
    load: async () => (await import('./matches/matches-page.tsx')).MatchesPage,
  },
  {
    path: '/exchange/reviews',
    title: { zh: '挂牌审核', en: 'Listing review' },
    access: REVIEWER,
    load: async () => (await import('./reviews/queue-page.tsx')).ReviewQueuePage,
  },
  {
    path: '/exchange/reviews/:id',
    title: { zh: '挂牌审核', en: 'Listing review' },
    access: REVIEWER,
    load: async () => (await import('./reviews/review-page.tsx')).ReviewPage,
  },
];
