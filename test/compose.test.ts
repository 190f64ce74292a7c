import { Ajv } from 'ajv';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadSettings } from '../settings/load-settings.ts';

const file = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const read = (path: string): string => readFileSync(file(path), 'utf8');

const text = { type: 'string' };
const texts = { type: 'array', items: text };
const named = (value: object) => ({ type: 'object', additionalProperties: value });
const closed = (properties: object, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const oneOf = (...values: string[]) => ({ enum: values });

/** The part of the Compose Specification that docker-compose.yml uses, written by hand; a key outside of it is a mistake. */
const COMPOSE = closed(
  {
    'x-psa-sync': { type: 'object' },
    services: named(
      closed(
        {
          image: text,
          build: text,
          command: texts,
          entrypoint: texts,
          environment: named(text),
          depends_on: named(
            closed({ condition: oneOf('service_healthy', 'service_completed_successfully') }, ['condition']),
          ),
          healthcheck: closed(
            { test: texts, interval: text, timeout: text, start_period: text, retries: { type: 'integer' } },
            ['test'],
          ),
          configs: { type: 'array', items: closed({ source: text, target: text }, ['source', 'target']) },
          volumes: texts,
          ports: texts,
          profiles: texts,
          restart: { type: 'string', pattern: '^(unless-stopped|on-failure:\\d+)$' },
          cap_drop: texts,
          security_opt: texts,
          shm_size: text,
          stop_grace_period: text,
          stdin_open: { type: 'boolean' },
          tty: { type: 'boolean' },
        },
        ['image'],
      ),
    ),
    volumes: named({ type: 'null' }),
    configs: named(closed({ content: text }, ['content'])),
  },
  ['services'],
);

interface Service {
  readonly image: string;
  readonly build?: string;
  readonly environment?: Record<string, string>;
  readonly depends_on?: Record<string, { readonly condition: string }>;
  readonly healthcheck?: object;
  readonly configs?: readonly { readonly source: string }[];
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly restart?: string;
}

interface Compose {
  readonly services: Record<string, Service>;
  readonly volumes: Record<string, null>;
  readonly configs: Record<string, unknown>;
}

const yaml = read('docker-compose.yml');
const compose = parse(yaml, { merge: true }) as Compose;
const services = Object.entries(compose.services);
const ours = services.filter(([, { build }]) => build !== undefined);
const example = parseEnv(read('.env.example'));

/** A value as compose would fill it in, passwords included. */
const filled = (value: string): string =>
  value.replace(
    /\$\{(\w+)(?::[-?]([^}]*))?\}/g,
    (_all, name: string, standard: string) => example[name] || FILLED_IN[name] || standard,
  );
const KEY = Buffer.alloc(32).toString('base64');
const FILLED_IN: Record<string, string> = {
  APP_PASSWORD: 'a1',
  OWNER_PASSWORD: 'b2',
  PSA_SYNC_MASTER_KEYS: `k1:${KEY}`,
};

describe('docker-compose.yml', () => {
  it('uses only what the Compose Specification knows', () => {
    const ajv = new Ajv({ allErrors: true });
    ajv.validate(COMPOSE, compose);
    expect(ajv.errors ?? []).toEqual([]);
  });

  it.each(services.filter(([, { build }]) => build === undefined))(
    'pins the image of %s by exact version',
    (_name, { image }) => {
      expect(image).toMatch(/^[\w/-]+:\d+\.\d+(\.\d+)?(-[a-z]+)?$/);
    },
  );

  it('has one version of Temporal for its server and its tools, whose schema must fit', () => {
    const versions = services
      .map(([, { image }]) => /^temporalio\/(?:server|admin-tools):(.*)$/.exec(image)?.[1])
      .filter(Boolean);
    expect(new Set(versions).size).toBe(1);
  });

  it('refers only to services, volumes, configs and files that are there', () => {
    for (const [name, { depends_on = {}, volumes = [], configs = [], build }] of services) {
      for (const needed of Object.keys(depends_on)) expect(compose.services, name).toHaveProperty(needed);
      for (const volume of volumes) expect(compose.volumes, name).toHaveProperty(volume.split(':')[0] ?? '');
      for (const { source } of configs) expect(Object.keys(compose.configs), name).toContain(source);
      if (build) expect(existsSync(file(`${build}/Dockerfile`)), name).toBe(true);
    }
  });

  it('waits for health only where health is checked, and for an end only where there is one', () => {
    for (const [name, { depends_on = {} }] of services) {
      for (const [needed, { condition }] of Object.entries(depends_on)) {
        const { healthcheck, restart } = compose.services[needed] ?? {};
        if (condition === 'service_healthy') expect(healthcheck, `${name} -> ${needed}`).toBeDefined();
        else expect(restart, `${name} -> ${needed}`).toMatch(/^on-failure/);
      }
    }
  });

  it.each(ours)('gives %s settings that psa-sync knows and takes', (_name, { environment = {} }) => {
    const given = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filled(value)]));
    const warnings: string[] = [];
    loadSettings(given, (warning) => warnings.push(warning));
    expect(warnings).toEqual([]);
    expect(given['DATABASE_URL']).toMatch(/^postgres:\/\/psa_sync(_owner)?:\w+@postgres:5432\/psa_sync$/);
  });

  it('hands the password of the owner to nobody but the migrations, and the keys to no server of others', () => {
    const holders = (name: string) =>
      services.filter(([, service]) => JSON.stringify(service).includes(`\${${name}`)).map(([service]) => service);
    expect(holders('OWNER_PASSWORD')).toEqual(['databases', 'migrate']);
    expect(holders('PSA_SYNC_MASTER_KEYS')).toEqual(['worker', 'api', 'cli']);
    expect(holders('POSTGRES_PASSWORD')).toEqual(['postgres', 'databases']);
  });

  it('publishes ports on this machine only, because Temporal and its UI have no login', () => {
    const ports = services.flatMap(([, service]) => service.ports ?? []);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('asks for exactly the variables that .env.example explains', () => {
    const asked = [...yaml.matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
    expect([...new Set(asked)].sort()).toEqual(Object.keys(example).sort());
  });

  it('does not start without the secrets that .env.example leaves blank', () => {
    const blank = Object.keys(example).filter((name) => example[name] === '');
    for (const name of blank) expect(yaml.match(new RegExp(`\\$\\{${name}(?!:\\?)`, 'g')), name).toBeNull();
  });
});

describe('the Dockerfile', () => {
  it('starts from an exact version, and not as root', () => {
    const dockerfile = read('Dockerfile');
    expect(dockerfile).toMatch(/^ARG NODE_IMAGE=node:\d+\.\d+\.\d+-bookworm-slim$/m);
    expect(dockerfile.indexOf('\nUSER node\n')).toBeGreaterThan(dockerfile.lastIndexOf('\nRUN '));
  });

  it('is sent every folder of the sources, and nothing that is not there', () => {
    const sent = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect(sent.filter((path) => !existsSync(file(path)))).toEqual([]);
    expect(sent).toEqual(
      expect.arrayContaining([
        'activities',
        'cli',
        'client',
        'db',
        'domain',
        'psa',
        'settings',
        'simulator',
        'worker',
        'workflows',
      ]),
    );
  });
});
