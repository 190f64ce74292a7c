import postgres from 'postgres';

/** Makes a database on a server unless it is there; answers its address. `name` is ours, never input. */
export async function ensureDatabase(serverUrl: string, name: string): Promise<string> {
  const client = postgres(serverUrl, { max: 1, onnotice: () => undefined });
  try {
    const [there] = await client`select from pg_database where datname = ${name}`;
    if (!there) await client.unsafe(`create database "${name}"`);
  } finally {
    await client.end({ timeout: 5 });
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
