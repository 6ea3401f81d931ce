/** The lock and the channel by which the tabs of one browser agree on its session. */
export const SESSION_LOCK = "capecontrol.session";
