import type { Sql, TransactionSql } from 'postgres';

/**
 * A client that prepares every statement it is given as text, once a connection. Otherwise each one with parameters is
 * parsed anew and takes two round trips: one to learn the types of its parameters, one to run it.
 *
 * For statements that come again and again with few different texts, as a sync's do: a text stays prepared for as long as
 * its connection lives, and after some executions Postgres may plan it without looking at its values.
 */
export function prepared<Client extends Sql | TransactionSql>(client: Client): Client {
  return new Proxy(client, {
    get(target, name) {
      const own: unknown = Reflect.get(target, name);
      if (name === 'unsafe') {
        const unsafe = own as Sql['unsafe'];
        return ((text, values, options) => unsafe(text, values, { ...options, prepare: true })) satisfies Sql['unsafe'];
      }
      // Called with the work alone, which is how Drizzle opens both.
      if (name === 'begin' || name === 'savepoint') {
        const open = own as (work: (inner: TransactionSql) => unknown) => unknown;
        return (work: (inner: TransactionSql) => unknown) => open((inner) => work(prepared(inner)));
      }
      return own;
    },
  });
}
