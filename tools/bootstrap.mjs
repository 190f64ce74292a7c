// node tools/bootstrap.mjs <script> [arguments]
// Runs a script of this repository once everything is installed, so that `npm start` works on a fresh clone. It uses
// nothing but Node. The script runs in this very process: signals and the exit code are its own.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const INSTALLED = join(ROOT, 'node_modules', '.package-lock.json');
const LOCK = join(ROOT, '.psa-sync', 'install.lock');
/** No installation takes as long: a lock this old was left by a kill, whatever its process id stands for now. */
const LOCK_IS_STALE_MS = 20 * 60_000;
const KEPT_LINES = 30;

class Refusal extends Error {}

function checkNode() {
  const oldest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).engines.node.replace('>=', '');
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = oldest.split('.').map(Number);
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new Refusal(
    `psa-sync needs Node ${oldest} or newer, and this is ${process.versions.node} (${process.execPath}).\n` +
      'Install a newer one (https://nodejs.org) and start again.',
  );
}

/** Whether node_modules holds what package-lock.json asks for; npm writes its own account of it as its last step. */
function isInstalled() {
  const wanted = readPackages(join(ROOT, 'package-lock.json'));
  const found = readPackages(INSTALLED);
  if (!wanted)
    throw new Refusal(`${ROOT} has no package-lock.json: this is no complete copy of psa-sync. Clone it anew.`);
  if (!found) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    return found[path] ? found[path].version === version : optional; // of other platforms
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

async function install() {
  const release = await lock();
  try {
    if (isInstalled()) return; // by another start, while we waited
    rmSync(INSTALLED, { force: true }); // a kill from here on must not leave it beside packages that are gone
    const startedAt = Date.now();
    const seconds = () => Math.round((Date.now() - startedAt) / 1000);
    console.error('Installing the npm packages (npm ci): half a minute or so, once.');
    const ticker = process.stderr.isTTY && setInterval(() => process.stderr.write(`\r  ${seconds()} s`), 1000);
    const { code, lines } = await runNpm(['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund']);
    clearInterval(ticker);
    if (code !== 0) throw new Refusal(npmFailed(lines));
    console.error(`${process.stderr.isTTY ? '\r' : ''}Installed in ${seconds()} s.`);
  } finally {
    release();
  }
}

/** The npm that started us, if one did; it need not be on the PATH. */
async function runNpm(args) {
  const npm = process.env.npm_execpath ?? '';
  const command = basename(npm).startsWith('npm') && existsSync(npm) ? [process.execPath, npm] : ['npm'];
  const lines = [];
  const keep = (chunk) => {
    lines.push(...String(chunk).split('\n').filter(Boolean));
    lines.splice(0, lines.length - KEPT_LINES);
  };
  const child = spawn(command[0], [...command.slice(1), ...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise((settle) => {
    child.once('error', (error) => {
      keep(error.message);
      settle(1);
    });
    child.once('close', (status) => settle(status ?? 1));
  });
  return { code, lines };
}

function npmFailed(lines) {
  const text = lines.join('\n');
  const advice = /ENOSPC|no space left/i.test(text)
    ? `The disk that holds ${ROOT} is full: the packages take some 600 MB. Free some space and start again.`
    : /EACCES|EPERM/.test(text)
      ? `This user may not write to ${ROOT}: give it back (\`sudo chown -R $(id -un) .\`) and start again.`
      : /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|network/i.test(text)
        ? 'The npm registry could not be reached: check the network, the proxy or `npm config get registry`, and start again.'
        : 'Run `npm ci` by hand to see all of it, and start again.';
  return `${lines.map((line) => `  ${line}`).join('\n')}\nnpm could not install the packages. ${advice}`;
}

/** One installation at a time: two would pull node_modules from under each other. */
async function lock() {
  mkdirSync(dirname(LOCK), { recursive: true });
  for (let told = false; ; told = true) {
    try {
      const file = openSync(LOCK, 'wx');
      writeSync(file, String(process.pid));
      closeSync(file);
      return () => rmSync(LOCK, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = holderOfLock();
    if (holder === undefined) rmSync(LOCK, { force: true });
    else {
      if (!told) console.error(`Waiting for process ${holder}, which is installing the npm packages.`);
      await sleep(500);
    }
  }
}

function holderOfLock() {
  try {
    const { mtimeMs, size } = statSync(LOCK);
    if (Date.now() - mtimeMs > LOCK_IS_STALE_MS) return undefined;
    if (size === 0) return 'unknown'; // it is being written
    const pid = Number(readFileSync(LOCK, 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return error.code === 'EPERM' ? 'of another user' : undefined;
  }
}

async function prepare() {
  checkNode();
  if (!isInstalled()) await install();
}

try {
  await prepare();
} catch (error) {
  const expected = error instanceof Refusal || ['EACCES', 'ENOSPC', 'EROFS'].includes(error.code);
  console.error(expected ? error.message : error);
  process.exit(1);
}
const [script, ...args] = process.argv.slice(2);
const path = resolve(ROOT, script);
if (path.endsWith('.ts')) (await import('tsx/esm/api')).register();
process.argv = [process.argv[0], path, ...args];
await import(pathToFileURL(path).href);
