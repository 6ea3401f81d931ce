/** Returns the members of an enumeration in the order in which they are written; `tsc` refuses the call when one is missing. */
export function allInOrder<Member extends string>(members: Record<Member, true>): readonly Member[] {
  return Object.keys(members) as Member[];
}
