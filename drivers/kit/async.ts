export { AsyncQueue, DeadlineError, Lock, Remembered, withDeadline } from '#kit/async.ts';
