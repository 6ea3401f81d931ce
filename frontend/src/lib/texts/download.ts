/** What a download says, in English. */

export const download = { done: (file: string) => `${file} downloaded`, retry: "Try again", requestId: "the request id" };
