import swagger from '@fastify/swagger';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import type { ApiPart } from './deps.ts';

const DESCRIPTION = [
  "The resources at the root are IT Glue's, in its dialect of JSON:API; those under /psa-sync/v1 operate the syncs.",
  'Attributes have hyphens and parameters underscores, as there; both are taken either way.',
].join(' ');

/** One document of all routes at `/openapi.json`, made of the schemas that requests are checked with. */
export function openApiDocument(version: string): ApiPart {
  return async (server) => {
    await server.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'psa-sync',
          version,
          description: DESCRIPTION,
          license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
        },
        components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-api-key' } } },
        security: [{ key: [] }],
      },
      transform: (route) => bothMediaTypes(jsonSchemaTransform(route)),
    });
    server.get('/openapi.json', { config: { open: true }, schema: { hide: true } }, () => server.swagger());
  };
}

type Transformed = ReturnType<typeof jsonSchemaTransform>;

/** A body may be sent under JSON's own name and under that of JSON:API. */
function bothMediaTypes({ schema, url }: Transformed): Transformed {
  return { schema: schema.body === undefined ? schema : { ...schema, consumes: MEDIA_TYPES }, url };
}

const MEDIA_TYPES = ['application/vnd.api+json', 'application/json'];
