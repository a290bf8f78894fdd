// Runs one program and ends it when whoever started this guard is gone, however that went: the
// channel to the parent closes with the parent. Plain JavaScript: it starts in 40 ms and stays small.
import { spawn } from 'node:child_process';
import { openSync, writeSync } from 'node:fs';
import { constants } from 'node:os';

const { command, args, logFile, stopSignal, cwd, uid, gid } = JSON.parse(process.argv[2]);
const log = openSync(logFile, 'a');
const child = spawn(command, args, { stdio: ['ignore', log, log], cwd, uid, gid });
child.once('error', (error) => {
  writeSync(log, `${command} cannot be started: ${error.message}\n`);
  process.exit(127);
});
child.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));

let stopping = false;
function stop() {
  if (stopping) return;
  stopping = true;
  child.kill(stopSignal);
  // Past its patience a program is killed: the next start repairs what that leaves.
  setTimeout(() => child.kill('SIGKILL'), 15_000).unref();
}
process.once('disconnect', stop);
// Signals to the whole group reach the program too; the guard waits for its end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
if (process.connected) process.send({ pid: child.pid });
else stop();
