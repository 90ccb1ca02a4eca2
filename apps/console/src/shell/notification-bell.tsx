/** The person's unread notices; drawn once the market keeps them. */
export const NotificationBell = () => null;
