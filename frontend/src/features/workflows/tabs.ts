/** The parts of the workflows page, as its address names them. */
export const ADMIN_TABS = ["deployed", "templates", "environments"] as const;
export type AdminTab = (typeof ADMIN_TABS)[number];
