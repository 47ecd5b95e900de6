import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  createOrGetUser,
  type Database,
  findUser,
  listUsers,
  type UserRow,
  updateUser,
} from '@stile/db';
import { type Static, Type } from 'typebox';
import { v7 as uuidv7 } from 'uuid';
import { ownOnly, owns } from '../access/caller.js';
import { idFromCursor, pageOf } from '../cursor.js';
import { examples } from '../examples.js';
import { ProblemError, unknownUser } from '../problems.js';
import { Body, Changes, Id, IdParams, Page, PageQuery, Problem, shown, Text } from '../schemas.js';

/** The longest address that mail servers take (RFC 5321). */
const emailLengthMax = 254;

const Name = Text(200, 'What to call them.');
const Email = Type.String({
  format: 'email',
  maxLength: emailLengthMax,
  description: 'Who they are: no two users have the same, whatever its case.',
});
const User = Type.Object(
  {
    id: Id('Names the user in POST /bookings.'),
    name: Type.String(),
    email: Type.String({ description: 'As it was given.' }),
    createdAt: Type.String(),
  },
  shown('User', examples.user),
);

const present = ({ id, name, email, createdAt }: UserRow): Static<typeof User> => ({
  id,
  name,
  email,
  createdAt: createdAt.toISOString(),
});

/** /users: for whom seats are booked. */
export const userRoutes: FastifyPluginAsyncTypebox<{ readonly db: Database }> = async (
  app,
  { db },
) => {
  app.post(
    '/users',
    {
      config: { access: 'book' },
      schema: {
        tags: ['users'],
        summary: 'Create a user, or get the one who has the e-mail address',
        body: Body({ name: Name, email: Email }, shown('NewUser', examples.newUser)),
        response: {
          200: { ...User, description: 'As the user was before.' },
          201: User,
          400: Problem('The body is not valid.', 'validation', 'bad-json'),
        },
      },
    },
    async (request, reply) => {
      const { user, created } = await createOrGetUser(db, {
        ...request.body,
        id: uuidv7(),
        caller: request.caller.id ?? null,
      });
      reply.header('location', `/users/${user.id}`);
      return reply.code(created ? 201 : 200).send(present(user));
    },
  );

  app.get(
    '/users',
    {
      config: { access: 'book' },
      schema: {
        tags: ['users'],
        summary: 'List your users, newest first; operators see everybody’s',
        querystring: Body(PageQuery),
        response: { 200: Page(User), 400: Problem('A parameter is not valid.', 'validation') },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query;
      const before = cursor === undefined ? {} : { before: idFromCursor(cursor) };
      const filter = { ...before, ...ownOnly(request.caller), limit: limit + 1 };
      return pageOf(await listUsers(db, filter), limit, present);
    },
  );

  app.get(
    '/users/:id',
    {
      config: { access: 'book' },
      schema: {
        tags: ['users'],
        summary: 'Read a user',
        params: IdParams,
        response: { 200: User, 404: Problem('There is no such user.', 'unknown-user') },
      },
    },
    async (request) => {
      const user = await findUser(db, request.params.id);
      if (user === undefined || !owns(request.caller, user)) throw unknownUser(request.params.id);
      return present(user);
    },
  );

  app.patch(
    '/users/:id',
    {
      config: { access: 'book' },
      schema: {
        tags: ['users'],
        summary: 'Change a user',
        params: IdParams,
        body: Changes(
          { name: Type.Optional(Name), email: Type.Optional(Email) },
          shown('ChangesOfUser', examples.changesOfUser),
        ),
        response: {
          200: User,
          400: Problem('The body is not valid.', 'validation', 'bad-json'),
          404: Problem('There is no such user.', 'unknown-user'),
          409: Problem('The e-mail address is another user’s.', 'email-taken'),
        },
      },
    },
    async (request) => {
      const before = await findUser(db, request.params.id);
      if (before === undefined || !owns(request.caller, before)) {
        throw unknownUser(request.params.id);
      }
      const update = await updateUser(db, request.params.id, request.body);
      switch (update.kind) {
        case 'updated':
          return present(update.user);
        case 'unknown':
          throw unknownUser(request.params.id);
        case 'email-taken':
          throw new ProblemError('email-taken', {
            detail: 'POST /users with this address answers with the user who has it.',
          });
      }
    },
  );
};
