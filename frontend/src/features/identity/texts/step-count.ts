/** What the steps of the registration are counted in, in English. */
export const stepCount = (at: number, of: number) => `Step ${at} of ${of}`;
