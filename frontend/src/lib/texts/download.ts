/** What a download says, in English. */

export const download = { retry: "Try again", requestId: "the request id" };
