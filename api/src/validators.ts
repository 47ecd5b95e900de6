import { AjvCompiler } from '@fastify/ajv-compiler';
import type { FastifyInstance } from 'fastify';
import type { FastifyValidationResult } from 'fastify/types/schema.js';

const options = { allErrors: true, removeAdditional: false, useDefaults: true };

/**
 * Validation by ajv. A body must have the types it should have: nothing is coerced and nothing
 * unknown is dropped. Addresses and headers are text, so numbers in them are converted.
 */
export function useValidators(app: FastifyInstance): void {
  const buildCompiler = AjvCompiler();
  const forBodies = buildCompiler({}, { customOptions: { ...options, coerceTypes: false } });
  const forText = buildCompiler({}, { customOptions: { ...options, coerceTypes: true } });
  app.setValidatorCompiler((route) => {
    if (route.httpPart === 'body') return forBodies(route);
    const validate: FastifyValidationResult = forText(route);
    return route.httpPart === 'querystring' ? refuseInfinity(validate) : validate;
  });
}

/** ajv makes `Infinity` and `1e999` numbers, and then holds no number that is infinite to a bound. */
function refuseInfinity(validate: FastifyValidationResult): FastifyValidationResult {
  return (query: Readonly<Record<string, unknown>>) => {
    if (validate(query) !== true) return { error: validate.errors ?? [] };
    const infinite = Object.entries(query).filter(
      ([, value]) => Math.abs(value as number) === Infinity,
    );
    return infinite.length === 0 || { error: infinite.map(([name]) => notFinite(name)) };
  };
}

const notFinite = (name: string) => ({
  instancePath: `/${name}`,
  schemaPath: '#/type',
  keyword: 'type',
  params: {},
  message: 'must be a finite number',
});
