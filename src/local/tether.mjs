// Loaded before anything else in a process that `npm start` runs: when the channel to its parent
// closes, the parent is gone. Most processes then end by themselves; what is still here is ended, be
// it that the parent went before the process began to listen for that.
process.once('disconnect', () => {
  setTimeout(() => process.kill(process.pid, 'SIGTERM'), 2_000).unref();
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 20_000).unref();
});
