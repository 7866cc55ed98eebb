import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { socketLink } from '#drivers/kit/open-link.ts';
import { AsyncQueue } from '#kit/async.ts';
import { systemClock } from '#kit/clock.ts';
import { type ManualClock, manualClock } from '#kit/manual-clock.ts';
import { seededRandom } from '#kit/random.ts';
import type { CameraStatus } from '../camera.ts';
import { openMjpegCamera } from './camera.ts';
import { type CameraProcess, spawnCamera } from './child.ts';
import type { Scene } from './simulator/scene.ts';
import { sceneJpeg, simulateCamera } from './simulator/simulator.ts';

/** A camera program whose every life is played by the test. */
function cameraProgram() {
  const lives: {
    stdout: AsyncQueue<Uint8Array>;
    signals: string[];
    complain: (line: string) => void;
    end: (how: string) => void;
  }[] = [];
  let obeysSigterm = true;
  const spawn = (): CameraProcess => {
    const exit = Promise.withResolvers<string>();
    const stdout = new AsyncQueue<Uint8Array>();
    let listener = (_line: string) => {};
    const end = (how: string) => {
      stdout.end();
      exit.resolve(how);
    };
    const signals: string[] = [];
    lives.push({ stdout, signals, complain: (line) => listener(line), end });
    return {
      stdout,
      exited: exit.promise,
      onComplaint(wanted) {
        listener = wanted;
      },
      kill(signal) {
        signals.push(signal);
        if (signal === 'SIGKILL' || obeysSigterm) end(`ended with ${signal}`);
      },
    };
  };
  return {
    spawn,
    lives,
    ignoresSigterm() {
      obeysSigterm = false;
    },
    get now() {
      return lives.at(-1)!;
    },
  };
}

const picture = (no: number) => Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 3, 1, no, 0xff, 0xd9);

async function openPlace() {
  const clock = manualClock();
  const program = cameraProgram();
  const options = { command: ['rpicam-vid'], stallMs: 1_500, giveUpMs: 8_000 };
  const camera = await openMjpegCamera({ spawn: program.spawn, clock, random: seededRandom('camera'), options });
  const look = new AbortController();
  onTestFinished(async () => {
    look.abort(new Error('the test is over'));
    await inTime(clock, Promise.resolve(camera[Symbol.asyncDispose]()));
  });
  return { clock, program, camera, look, frames: camera.frames(look.signal)[Symbol.asyncIterator]() };
}

/** Lets time pass until the promise is settled. */
async function inTime<T>(clock: ManualClock, promise: Promise<T>): Promise<T> {
  let settled = false;
  const done = () => {
    settled = true;
  };
  promise.then(done, done);
  for (let step = 0; step < 1_000 && !settled; step += 1) await clock.advance(50);
  return promise;
}

describe('the camera program', () => {
  test('runs only while somebody looks', async () => {
    const { clock, program, camera, look, frames } = await openPlace();
    await clock.advance(10_000);
    expect(program.lives).toHaveLength(0);
    const first = frames.next();
    await clock.advance(0);
    program.now.stdout.push(picture(1));
    expect((await inTime(clock, first)).value?.jpeg).toEqual(picture(1));
    expect(camera.status).toEqual({ state: 'running' });
    look.abort(new Error('seen enough'));
    await inTime(clock, frames.next());
    expect(program.now.signals[0]).toBe('SIGTERM');
    expect(camera.status).toEqual({ state: 'ready' });
  });

  test('gives the newest picture only: a slow reader misses the ones between', async () => {
    const { clock, program, frames } = await openPlace();
    const first = frames.next();
    await clock.advance(0);
    program.now.stdout.push(picture(1));
    await inTime(clock, first);
    for (const no of [2, 3, 4]) program.now.stdout.push(picture(no));
    await clock.advance(0);
    expect((await inTime(clock, frames.next())).value?.jpeg).toEqual(picture(4));
  });

  test('that stalls is ended, hard where it does not listen, and started again', async () => {
    const { clock, program, camera, frames } = await openPlace();
    program.ignoresSigterm();
    const first = frames.next();
    await clock.advance(0);
    program.now.stdout.push(picture(1));
    await inTime(clock, first);
    const second = frames.next();
    await clock.advance(1_600);
    expect(program.now.signals).toEqual(['SIGTERM']);
    await clock.advance(1_000);
    expect(program.lives).toHaveLength(2);
    expect(program.lives[0]?.signals).toEqual(['SIGTERM', 'SIGKILL']);
    expect(camera.status).toEqual({ state: 'needs-attention', problem: 'camera/stalled' });
    program.now.stdout.push(picture(2));
    expect((await inTime(clock, second)).value?.jpeg).toEqual(picture(2));
    expect(camera.status).toEqual({ state: 'running' });
  });

  test('that says itself that its sensor hangs is not waited for', async () => {
    const { clock, program, camera, frames } = await openPlace();
    void frames.next().catch(() => undefined);
    await clock.advance(0);
    program.now.complain('ERROR: Device timeout detected, attempting a restart!!!');
    await clock.advance(0);
    expect(program.now.signals[0]).toBe('SIGTERM');
    expect(camera.status).toEqual({ state: 'needs-attention', problem: 'camera/stalled' });
  });

  test('that cannot be started is tried with growing pauses, then given up', async () => {
    const { clock, program, camera, frames } = await openPlace();
    const first = frames.next();
    const startedAtMs: number[] = [];
    const failed = expect(first).rejects.toMatchObject({ code: 'camera/unreachable' });
    for (let step = 0; step < 300; step += 1) {
      await clock.advance(50);
      if (program.lives.length > startedAtMs.length) startedAtMs.push(clock.monotonicMs());
      program.now.end('spawn rpicam-vid ENOENT');
    }
    await failed;
    const pauses = startedAtMs.slice(1).map((at, index) => at - (startedAtMs[index] ?? 0));
    expect(pauses.length).toBeGreaterThan(3);
    expect(Math.max(...pauses)).toBeGreaterThan((pauses[0] ?? 0) * 4);
    expect(camera.status).toEqual({ state: 'needs-attention', problem: 'camera/unreachable' });
    const lives = program.lives.length;
    await clock.advance(60_000);
    expect(program.lives).toHaveLength(lives);
  });

  test('that stalls and never comes back is told as stalled', async () => {
    const { clock, program, frames } = await openPlace();
    const first = frames.next();
    await clock.advance(0);
    program.now.stdout.push(picture(1));
    await inTime(clock, first);
    const failed = expect(frames.next()).rejects.toMatchObject({ code: 'camera/stalled' });
    for (let life = 0; life < 100; life += 1) {
      await clock.advance(200);
      program.now.complain('ERROR: Device timeout detected, attempting a restart!!!');
    }
    await failed;
  });
});

describe('with the simulated camera behind a child process', () => {
  async function openCabinet(held: Scene['held']) {
    const folder = mkdtempSync(join(tmpdir(), 'camera-'));
    const path = join(folder, 'camera.sock');
    const scene = { held, covered: false, stalled: false };
    const simulator = simulateCamera({ scene, clock: systemClock, random: seededRandom('feed'), fps: 30 });
    const server = createServer((socket) => void simulator.serve(socketLink(socket)));
    await new Promise<void>((resolve) => server.listen(path, resolve));
    const feed = fileURLToPath(import.meta.resolve('./simulator/feed.mjs'));
    const camera = await openMjpegCamera({
      spawn: spawnCamera,
      clock: systemClock,
      random: seededRandom('camera'),
      options: { command: [process.execPath, feed, `unix:${path}`], stallMs: 400 },
    });
    onTestFinished(async () => {
      await camera[Symbol.asyncDispose]();
      simulator.powerOff();
      server.close();
      rmSync(folder, { recursive: true });
    });
    return { scene, simulator, camera };
  }
  const never = new AbortController().signal;

  test('a code on paper is read', async () => {
    const { camera } = await openCabinet({ text: '4821073956', as: 'paper' });
    for await (const sight of camera.qrCodes(never)) {
      if (sight.found !== 'code') continue;
      expect(sight.text).toBe('4821073956');
      break;
    }
  });

  test('a phone in the glare gets its hint, and is read when it is turned away', async () => {
    const { camera, scene } = await openCabinet({ text: '4821073956', as: 'glare' });
    const told: string[] = [];
    for await (const sight of camera.qrCodes(never)) {
      told.push(sight.found === 'code' ? sight.text : sight.brightness);
      scene.held = { text: '4821073956', as: 'phone' };
      if (sight.found === 'code') break;
    }
    expect([told[0], told.at(-1)]).toEqual(['glare', '4821073956']);
  });

  test('a sensor that stalls in the middle is brought back', async () => {
    const { camera, scene } = await openCabinet({ text: '4821073956', as: 'phone' });
    const seen: CameraStatus[] = [];
    const enough = new AbortController();
    void (async () => {
      for await (const status of camera.statuses(enough.signal)) {
        seen.push(status);
        scene.stalled = status.state === 'running' && !seen.some(({ state }) => state === 'needs-attention');
      }
    })();
    for await (const _ of camera.frames(never)) {
      if (seen.some(({ state }) => state === 'needs-attention')) break;
    }
    enough.abort(new Error('seen enough'));
    expect(seen).toContainEqual({ state: 'needs-attention', problem: 'camera/stalled' });
  });

  test('pictures that break off are never handed on', async () => {
    const { camera, simulator, scene } = await openCabinet(null);
    const whole = [0, 1, 2].map((grain) => sceneJpeg(scene, { grain }));
    const sizes = new Set((await Promise.all(whole)).map((jpeg) => jpeg.length));
    let count = 0;
    for await (const { jpeg } of camera.frames(never)) {
      if (count === 0) simulator.misbehave('truncated');
      if (count === 1) simulator.misbehave('garbage');
      expect(sizes).toContain(jpeg.length);
      count += 1;
      if (count === 1) void systemClock.sleep(150).then(() => simulator.misbehave('none'));
      if (count === 5) break;
    }
  });
});

test('a wrapper script is ended with the program it started', async () => {
  const child = spawnCamera(['/bin/sh', '-c', 'trap "" TERM INT; sleep 1000 & echo $!; wait; wait']);
  let inner = 0;
  for await (const bytes of child.stdout) {
    inner = Number(Buffer.from(bytes).toString());
    break;
  }
  expect(inner).toBeGreaterThan(0);
  child.kill('SIGTERM');
  child.kill('SIGKILL');
  expect(await child.exited).toContain('SIGKILL');
  while (isRunning(inner)) await systemClock.sleep(10);
});

test('a program that does not exist says so, in its end', async () => {
  const child = spawnCamera(['/nowhere/rpicam-vid']);
  expect(await child.exited).toContain('ENOENT');
  child.kill('SIGTERM');
});

/** Ended programs that nobody has asked for yet still have a number, with Z for a state. */
function isRunning(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z');
  } catch {
    return false;
  }
}
