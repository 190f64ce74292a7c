import { z } from 'zod';
import { LIMITS } from '../limits.ts';

/** Ids of ours are numbers where they are attributes, as IT Glue's are; they are drawn from one sequence and stay below 2^53. */
export const ref = (id: string): number => Number(id);
export const refOrNull = (id: string | null): number | null => (id === null ? null : Number(id));

export const refSchema = z.int();

/** Times in UTC with milliseconds. */
export const timeSchema = z.iso.datetime();
export const time = (at: Date | string): string => new Date(at).toISOString();
export const timeOrNull = (at: Date | string | null): string | null => (at === null ? null : time(at));

/** A kind of resource: how its rows look as JSON:API, and the schema of that. */
export interface Resource<Row, Attributes extends z.ZodObject> {
  readonly type: string;
  readonly attributes: Attributes;
  readonly idOf: (row: Row) => string;
  readonly read: (row: Row) => z.output<Attributes>;
}

/** Keeps the types of a resource's parts together. */
export const resource = <Row>() => {
  return <Attributes extends z.ZodObject>(made: Resource<Row, Attributes>): Resource<Row, Attributes> => made;
};

export function show<Row, A extends z.ZodObject>({ type, idOf, read }: Resource<Row, A>, row: Row) {
  return { id: idOf(row), type, attributes: read(row) };
}

const objectSchema = <Row, A extends z.ZodObject>({ type, attributes }: Resource<Row, A>) =>
  z.object({ id: z.string(), type: z.literal(type), attributes });

/** `{ data: { id, type, attributes } }`, with what is to be said about it beside. */
export const oneSchema = <Row, A extends z.ZodObject, M extends z.ZodObject>(made: Resource<Row, A>, meta?: M) =>
  z.object({ data: objectSchema(made), ...(meta && { meta }) });

const PAGE_META = z.object({
  'current-page': z.int(),
  'next-page': z.int().nullable(),
  'prev-page': z.int().nullable(),
});

/** A page of a list. It has no total: lists of ours are read from their end. */
export const pageSchema = <Row, A extends z.ZodObject>(made: Resource<Row, A>) =>
  z.object({ data: z.array(objectSchema(made)), meta: PAGE_META });

/** A list that is always whole. */
export const listSchema = <Row, A extends z.ZodObject, M extends z.ZodObject>(made: Resource<Row, A>, meta?: M) =>
  z.object({ data: z.array(objectSchema(made)), ...(meta && { meta }) });

/** How far a list can be paged through; beyond, a filter is the way. */
const DEEPEST = 10_000;

/** Parameters of every list that has pages. */
export const PAGE_QUERY = {
  'page[size]': z.coerce.number().int().min(1).max(LIMITS.pageSize).default(LIMITS.pageSizeDefault),
  'page[number]': z.coerce.number().int().min(1).max(DEEPEST).default(1),
} as const;

export interface PageQuery {
  readonly 'page[size]': number;
  readonly 'page[number]': number;
}

/** Reads a page by a query that knows how many rows to give at most. */
export async function pageOf<Row, A extends z.ZodObject>(
  made: Resource<Row, A>,
  { 'page[size]': size, 'page[number]': number }: PageQuery,
  read: (limit: number) => Promise<readonly Row[]>,
) {
  const end = Math.min(size * number, DEEPEST);
  const rows = await read(end + 1);
  const further = rows.length > end && end < DEEPEST;
  return {
    data: rows.slice(size * (number - 1), end).map((row) => show(made, row)),
    meta: {
      'current-page': number,
      'next-page': further ? number + 1 : null,
      'prev-page': number > 1 ? number - 1 : null,
    },
  };
}

/** A request's `{ data: { attributes } }`; type and id may be there, as clients send them. */
export const bodySchema = <A extends z.ZodObject>(attributes: A) =>
  z.object({
    data: z.object({ id: z.union([z.string(), z.number()]).optional(), type: z.string().optional(), attributes }),
  });

export const idParams = z.object({ id: z.string().regex(/^[1-9]\d{0,17}$/, 'an id is a number') });

/** An id in a body: clients send numbers and texts. */
export const idOrNumber = z.union([z.int().min(1).transform(String), idParams.shape.id]);
