import { type Command, Option } from 'commander';
import type { FieldChange } from '../../../db/apply/explain-record.ts';
import { localAsJson } from '../../../client/operate/local-as-json.ts';
import { nameOf } from '../../../db/apply/dry-run.ts';
import { linksOfRecord } from '../../../db/links/record-links.ts';
import { type Kind, KINDS } from '../../../domain/kinds.ts';
import { WHY_LINKED, WHY_REVIEW } from '../../../domain/why.ts';
import { adapterFor } from '../../../psa/registry.ts';
import { idArgument } from '../../arguments.ts';
import { CliError } from '../../cli-error.ts';
import type { CliContext } from '../../context.ts';
import { examples } from '../../help.ts';
import type { Cell } from '../../output.ts';
import { organizationIds } from '../../organization-ids.ts';
import { withPsaAccess } from '../../psa-access.ts';
import { type TenantServices, withTenantServices } from '../../services.ts';
import { part, showParts } from '../../show-parts.ts';
import { localInWords, psaInWords } from '../../show-value.ts';
import { type GateMark, type Why, whyRecord } from '../../why-record.ts';

interface WhyOptions {
  readonly kind: Kind;
  readonly integration?: string;
  readonly organization?: string;
}

const VERDICTS: Readonly<Record<Why['verdict'], string>> = {
  create: 'comes in as a new record',
  link: 'comes in and is linked',
  update: 'is linked and brings changes',
  unchanged: 'is linked and in step',
  review: 'waits in review',
  outside: 'stays outside',
  missing: 'is not in the PSA',
  unreadable: "can't be read",
  unknown: "can't be asked for",
};

export function registerRecordWhy(record: Command, context: CliContext): void {
  const command = record
    .command('why')
    .description('ask the PSA for one of its records, and say what a sync would do with it now and why')
    .argument('<psa-id>', 'its id in the PSA', idArgument)
    .addOption(new Option('--kind <kind>', 'what it is').choices(KINDS).makeOptionMandatory())
    .option('--integration <key>', 'which integration, where there are several')
    .option('--organization <id|name>', 'its organization here; for a location that no link tells it of')
    .action((psaId: string, options: WhyOptions) => why(context, psaId, options));
  examples(
    command,
    ['psa-sync record why 40017 --kind contact', 'why a contact is not here, or what the next sync changes in it'],
    ['psa-sync record why 1003 --kind location --organization "Acme"', 'a site, which the PSA lists under its company'],
  );
}

async function why(context: CliContext, psaId: string, { kind, ...options }: WhyOptions): Promise<void> {
  const { output, signal } = context;
  const found = await withTenantServices(context, async (services) => {
    const integration = await services.integration(options.integration);
    if (!adapterFor(integration.provider).capabilities.kinds.includes(kind))
      throw new CliError('usage', `${integration.key} has no ${kind}s.`);
    const organizationPsaId =
      options.organization === undefined ? null : await psaIdOf(services, integration.id, options.organization);
    return withPsaAccess(context, services, integration.id, (access) =>
      whyRecord(services, access, { kind, psaId, organizationPsaId, signal }),
    );
  });
  showParts(output, asJson(found), facts(found), [
    part('What it would change', found.changes, [
      { title: 'field', value: ({ field }) => field },
      { title: 'is', value: ({ field, from }: FieldChange) => localInWords(kind, field, from, found.names) },
      { title: 'would be', value: ({ field, to }) => psaInWords(kind, field, to, found.names) },
    ]),
  ]);
}

function facts(found: Why): (readonly [string, Cell])[] {
  const { kind, psaId, psa, verdict, because, types, status, link, review, rejects, organization } = found;
  return [
    [kind, `PSA id ${psaId}`],
    ['name', psa && nameOf(psa)],
    ['verdict', VERDICTS[verdict]],
    ['because', because],
    ...(types.length === 0 ? [] : [['types', types.map(marked).join(', ')] as const]),
    ...(status === null ? [] : [['status', marked(status)] as const]),
    ...(organization === null
      ? []
      : [
          [
            'its organization',
            `PSA id ${organization.psaId} ${VERDICTS[organization.verdict]}: ${organization.because}`,
          ] as const,
        ]),
    [
      'link',
      link &&
        `record ${link.recordId}, ${link.state}: ${WHY_LINKED[link.rule]}; last taken ${link.updatedAt.toISOString()}`,
    ],
    ['review', review && `${review.id}, ${review.state}: ${WHY_REVIEW[review.reason]}`],
    ...rejects.map(({ id, runId, reason }) => ['reject', `${id} of run ${runId}: ${reason}`] as const),
  ];
}

const marked = ({ name, ticked }: GateMark): string =>
  ticked === null ? name : `${name} (${ticked ? 'ticked' : 'not ticked'})`;

/** Without what only serves to show it. */
function asJson({ names, organization, changes, ...rest }: Why): unknown {
  const told = changes.map((one) => ({ ...one, from: localAsJson(rest.kind, one.field, one.from, names) }));
  return { ...rest, changes: told, organization: organization && asJson(organization) };
}

async function psaIdOf(services: TenantServices, integrationId: string, given: string): Promise<string> {
  const ids = await organizationIds(services, given);
  const links = await services.query(async (tx) => (await Promise.all(ids.map((id) => linksOfRecord(tx, id)))).flat());
  const [link, other] = links.filter((one) => one.integrationId === integrationId && one.state !== 'disconnected');
  if (!link) throw new CliError('usage', `Organization "${given}" is not linked to this PSA.`);
  if (other)
    throw new CliError('usage', `There are several organizations "${given}".`, 'Name the one that is meant by its id.');
  return link.psaId;
}
