import { z } from 'zod';
import { foldText } from '../../../domain/normalise.ts';
import type { PsaValue, PsaValues } from '../../../domain/values.ts';
import { PsaError } from '../../errors.ts';
import { refused } from '../../write/refused.ts';
import type { AutotaskClient, ChangeRequest } from '../client.ts';
import { ENTITIES, WRITE_PERMISSIONS } from '../entities.ts';
import { PSA } from '../errors.ts';
import { is } from '../filter.ts';
import { anyId } from '../ids.ts';
import { PRODUCT_BILLING_CODE } from './push-settings.ts';

type Change = (request: Omit<ChangeRequest, 'beforeWrite' | 'signal'>) => Promise<string>;

const product = z.object({ manufacturerName: z.string().nullish(), manufacturerProductName: z.string().nullish() });

/**
 * The product of a manufacturer and a model: the one with the lowest id, or a new one. Both are needed, because a device can be
 * of a product only.
 */
export async function productFor(
  client: AutotaskClient,
  change: Change,
  {
    fields,
    settings,
    signal,
  }: { fields: PsaValues; settings: Readonly<Record<string, string>>; signal: AbortSignal | undefined },
): Promise<number> {
  const [manufacturer, model] = [nameOf(fields['manufacturer']), nameOf(fields['model'])];
  if (manufacturer === null || model === null) {
    throw refused(
      manufacturer === null ? 'manufacturer' : 'model',
      `${PSA} takes a device with both a manufacturer and a model: enter them`,
    );
  }
  const known = await find(client, manufacturer, model, signal);
  if (known !== null) return known;
  const code = settings[PRODUCT_BILLING_CODE.name] ?? '';
  if (!/^\d+$/u.test(code)) {
    const wayOut = `add it there, or set push.${PRODUCT_BILLING_CODE.name} so that it is made`;
    throw refused('model', `model: ${PSA} has no active product of this manufacturer and model: ${wayOut}`);
  }
  const body = {
    name: `${manufacturer} ${model}`,
    manufacturerName: manufacturer,
    manufacturerProductName: model,
    isActive: true,
    isSerialized: true,
    productBillingCodeID: Number(code),
  };
  const permission = WRITE_PERMISSIONS.products;
  try {
    return Number(
      await change({ method: 'POST', path: '/Products', entity: 'Products', body, what: 'make a product', permission }),
    );
  } catch (error) {
    throw asOfTheProduct(error);
  }
}

/** A product that may have been made is found by the next try: of the record itself nothing has happened yet. */
function asOfTheProduct(error: unknown): unknown {
  if (!(error instanceof PsaError) || !error.mayHaveHappened) return error;
  const { code, message, scope, details } = error;
  return new PsaError(code, message, { retry: 'backoff', scope, details, cause: error });
}

const nameOf = (value: PsaValue | undefined): string | null =>
  typeof value === 'object' && value !== null && 'name' in value ? value.name : null;

async function find(
  client: AutotaskClient,
  manufacturer: string,
  model: string,
  signal: AbortSignal | undefined,
): Promise<number | null> {
  const filter = [is('manufacturerName', manufacturer), is('manufacturerProductName', model), is('isActive', true)];
  const fields = Object.keys(product.shape);
  const rows = await client.queryAll({ entity: ENTITIES.products, fields, filter, scope: 'record', signal });
  // What is read back has to be what was meant: Autotask itself does not tell upper and lower case apart.
  const exact = rows.filter((row) => {
    const { data } = product.safeParse(row);
    return data?.manufacturerName === manufacturer && data.manufacturerProductName === model;
  });
  const same = rows.filter(
    (row) => foldText(product.safeParse(row).data?.manufacturerProductName ?? '') === foldText(model),
  );
  const id = anyId(exact[0] ?? same[0]);
  return id === null ? null : Number(id);
}
