import type { Route } from './routes.ts';

/** Pages that belong to no desk. */
export const OWN_ROUTES: readonly Route[] = [
  {
    path: '/',
    title: { zh: '首页', en: 'Home' },
    access: 'public',
    load: async () => (await import('../home/home-page.tsx')).HomePage,
  },
  {
    path: '/sign-in',
    title: { zh: '登录', en: 'Sign in' },
    access: 'public',
    load: async () => (await import('../session/sign-in-page.tsx')).SignInPage,
  },
  {
    path: '/desk/notifications',
    title: { zh: '通知', en: 'Notices' },
    access: 'signed-in',
    load: async () => (await import('./notifications/notifications-page.tsx')).NotificationsPage,
  },
];
