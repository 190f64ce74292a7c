import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { ReadOnlyFields } from '../../db/edits/edit.ts';
import { NotFound, Refusal } from '../../db/refusal.ts';
import { ApiError, apiError, type ErrorStatus, TITLES } from './api-error.ts';

/** Answers any failure in IT Glue's form. What we don't know is a 500 that says nothing of its inside. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = knownError(error);
  if (!known) request.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
  const { status, errors } = known ?? apiError(500, 'Something went wrong here; the log of the API has more.');
  return reply.status(status).send({ errors });
}

function knownError(error: unknown): ApiError | null {
  if (error instanceof ApiError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const complaints = error.validation.map(({ instancePath, message }) => ({
      detail: message ?? 'is not valid',
      source:
        error.validationContext === 'body'
          ? { pointer: instancePath }
          : { parameter: instancePath.replace(/^\//, '').replaceAll('/', '.') },
    }));
    return new ApiError(error.validationContext === 'body' ? 422 : 400, complaints);
  }
  if (error instanceof ReadOnlyFields) {
    return new ApiError(
      422,
      error.fields.map(({ field, reason }) => ({ detail: reason, source: { pointer: `/data/attributes/${field}` } })),
    );
  }
  if (error instanceof NotFound) return apiError(404, error.message);
  if (error instanceof Refusal) return apiError(422, [error.message, error.wayOut].filter(Boolean).join(' '));
  return fromFramework(error);
}

/** Fastify's own complaints: body too large, no JSON, wrong media type. */
function fromFramework(error: unknown): ApiError | null {
  const { statusCode, message } = error as Partial<FastifyError>;
  if (statusCode === undefined || statusCode >= 500 || !(statusCode in TITLES)) return null;
  return apiError(statusCode as ErrorStatus, message ?? '');
}
