import { toApiError } from "@/lib/problem";

/** The kinds of pictures that the server reads, as a file input names them. */
export const PICTURE_KINDS = "image/png,image/jpeg,image/webp";

/** A file that is not sent, since the server would refuse it for its size. */
class FileTooLarge extends Error {}

/** Throws a sentence for a file of more bytes than the server takes. */
export function checkSize(file: File, bytesMax: number, sentence: string): void {
  if (file.size > bytesMax) throw new FileTooLarge(sentence);
}

/** Gives what to say of a picture that was not taken. */
export function pictureComplaint(error: unknown): string {
  if (error instanceof FileTooLarge) return error.message;
  const problem = toApiError(error);
  return problem.fields[0]?.detail ?? problem.detail;
}
