import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { ProblemError, problems } from '../problems.js';
import { Problem, shown } from '../schemas.js';

const ProblemType = Type.Object(
  {
    type: Type.String({ description: 'The path that names it.' }),
    title: Type.String({ description: 'What it means.' }),
    status: Type.Integer({ description: 'The status of an answer that is this problem.' }),
  },
  shown('ProblemType', { type: '/problems/sold-out', ...problems['sold-out'] }),
);

/** /problems/:code: what the `type` of a problem points to. */
export const problemRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/problems/:code',
    {
      config: { access: 'public' },
      schema: {
        tags: ['operations'],
        summary: 'What a type of problem means',
        params: Type.Object({
          code: Type.String({
            maxLength: 40,
            description: 'The last part of its type.',
            examples: ['sold-out'],
          }),
        }),
        response: { 200: ProblemType, 404: Problem('There is no such problem.', 'not-found') },
      },
    },
    async ({ params: { code } }) => {
      const problem = Object.entries(problems).find(([known]) => known === code)?.[1];
      if (problem === undefined) {
        throw new ProblemError('not-found', { detail: `No problem is called ${code}.` });
      }
      return { type: `/problems/${code}`, ...problem };
    },
  );
};
