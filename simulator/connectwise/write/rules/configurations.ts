import type { Context } from '../../context.ts';
import { ANSWERS, type ById } from '../../read/computed.ts';
import { referredId, type Row, type Stamp } from '../../store/row.ts';
import { releaseReferences } from '../release-references.ts';
import { after, isObject, type Rules, type Write } from '../write.ts';
import { checkSite } from './belongs.ts';
import { defaultReference } from './defaults.ts';

/** Answers given as the array of questions that a read shows, or a part of it. */
function readAnswers(write: Write): void {
  const { draft, row } = write;
  const given = draft.parts['questions'];
  if (!given) return;
  const answers: Record<number, unknown> = { ...(row?.[ANSWERS] as ById | undefined) };
  for (const item of given) {
    if (!isObject(item) || typeof item['questionId'] !== 'number' || !('answer' in item)) continue;
    const answer = item['answer'] as string | number | boolean | null;
    // The document says object; it is a text.
    answers[item['questionId']] = typeof answer === 'object' ? null : String(answer);
  }
  draft.values[ANSWERS] = answers;
}

function checkRequiredQuestions(write: Write): void {
  const { context, draft } = write;
  const typeId = referredId(after(write, 'type'));
  if (typeId === undefined) return;
  const answers = (after(write, ANSWERS) ?? {}) as ById;
  for (const question of context.store.collection('questions').by('configurationType', typeId)) {
    if (question['requiredFlag'] !== true || question['inactiveFlag'] === true || answers[question.id]) continue;
    const message = `The question "${String(question['question'])}" must be answered.`;
    draft.errors.push({ code: 'MissingRequiredField', message, resource: 'configuration', field: 'questions' });
  }
}

function check(write: Write): void {
  const { context, draft, row } = write;
  checkSite(write, 'configuration');
  readAnswers(write);
  const parentId = draft.values['parentConfigurationId'];
  if (typeof parentId === 'number' && !context.store.get('configurations', parentId)) {
    const field = 'parentConfigurationId';
    draft.errors.push({ code: 'NotFound', message: `${field} was not found.`, resource: 'configuration', field });
  }
  if (!row) checkRequiredQuestions(write);
}

function defaults(context: Context): Record<string, unknown> {
  return { status: defaultReference(context, 'configurationStatuses'), activeFlag: true };
}

function remove(context: Context, row: Row, _stamp: Stamp): void {
  const { store } = context;
  for (const child of [...store.collection('configurations').by('parentConfigurationId', row.id)]) {
    store.update('configurations', child, { parentConfigurationId: undefined });
  }
  store.remove('configurations', row);
  releaseReferences(store, 'configurations', row.id);
}

// A change of type has an endpoint of its own; elsewhere it has no effect.
export const configurationRules: Rules = { fixed: ['type'], defaults, check, remove };
