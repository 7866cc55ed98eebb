/** At most so much in one message: a batch of entries, or a sealed record. */
export const maxBatchEntries = 50;
export const maxBatchBytes = 64 * 1024;
export const maxMessageBytes = 256 * 1024;
export const maxEntryBytes = 16 * 1024;
export const maxSealedBytes = 128 * 1024;
/** A kiosk names the newest of its older journals, so many at most. */
export const maxOlderJournals = 32;
