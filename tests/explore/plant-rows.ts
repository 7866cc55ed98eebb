export const plants: readonly Plant[] = [];
export interface Plant {
  rule: string;
  name: string;
  file: string;
  find: string;
  replace: string;
  scenario: string;
  by?: readonly ('deaths' | 'mishaps')[];
}
