/** Loaded before each program that `npm start` starts: whoever loses its parent ends in order, and holds no port. */
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
