/** What a technician or operator is told about one code: why it happens, and what to do about it, in that order. */
export interface TechnicianWords {
  cause: string;
  do: string;
}
