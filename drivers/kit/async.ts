export { AsyncQueue, DeadlineError, endForeignTimer, Lock, Remembered, withDeadline } from '#kit/async.ts';
