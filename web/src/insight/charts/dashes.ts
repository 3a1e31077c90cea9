/** Dashes of lines by place, so that they can be told apart without colour. The first is solid. */
export const DASHES: readonly (number[] | undefined)[] = [
  undefined,
  [7, 4],
  [2, 3],
  [10, 3, 2, 3],
  [4, 2],
  [12, 5],
];
