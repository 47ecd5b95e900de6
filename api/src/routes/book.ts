import { createHash } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type RejectionReason, seatLabelPattern } from '@stile/core';
import type { IdempotencyClaim } from '@stile/db';
import { type Static, Type } from 'typebox';
import { type Caller, givenBy } from '../access/caller.js';
import { Booking, bookingFromCommand, bookingFromOutcome } from '../booking-view.js';
import { examples } from '../examples.js';
import type { IdempotentReplay } from '../idempotent-replay.js';
import type { Intake } from '../intake.js';
import { preferredWaitSeconds, waitSecondsMax } from '../prefer.js';
import { invalidField } from '../problem-from-error.js';
import { type ProblemCode, ProblemError, unknownSection } from '../problems.js';
import { originOf } from '../request-origin.js';
import { Body, Id, Problem, Quantity, shown } from '../schemas.js';
import type { SectionDirectory } from '../section-directory.js';
import type { UserDirectory } from '../user-directory.js';

export interface BookRoutesOptions {
  readonly intake: Intake;
  readonly sections: SectionDirectory;
  readonly users: UserDirectory;
  readonly replay: IdempotentReplay;
}

const bodyBytesMax = 16_384;
const seatsMax = 100;

/** While the server runs open all its callers share their idempotency keys. */
const anonymous = 'anonymous';

const problemOfReason: Readonly<Record<RejectionReason, ProblemCode>> = {
  sold_out: 'sold-out',
  seat_taken: 'seat-taken',
  limit_exceeded: 'limit-exceeded',
  sales_closed: 'sales-closed',
  internal_error: 'not-decidable',
};

const BookBody = Body(
  {
    sectionId: Id('The section.'),
    quantity: Type.Optional(Quantity),
    seats: Type.Optional(
      Type.Array(Type.String({ pattern: seatLabelPattern }), {
        minItems: 1,
        maxItems: seatsMax,
        uniqueItems: true,
        description: 'Labels of the seats wanted, in place of a quantity: all of them or none.',
      }),
    ),
    userId: Type.Optional(Id('The user it is for.')),
    hold: Type.Optional(
      Type.Boolean({ description: 'Hold the seats until they are confirmed or the hold ends.' }),
    ),
  },
  shown('NewBooking', examples.newBooking),
);

/** What POST /bookings takes and answers. */
export const bookRoute = {
  bodyLimit: bodyBytesMax,
  config: { access: 'book', holds: 'wait-if-asked' },
  schema: {
    tags: ['bookings'],
    summary: 'Ask for seats; wait for the outcome or poll for it',
    description:
      'Answers 202 as soon as the request is safely queued. With `Prefer: wait=N` or `?wait=N` it answers with the outcome instead, or with the 202 when that takes longer than N seconds.',
    headers: Type.Object({
      prefer: Type.Optional(Type.String({ description: '`wait=N` (RFC 7240), at most 30 s.' })),
      'idempotency-key': Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 255,
          pattern: '^[\\x21-\\x7e]+( +[\\x21-\\x7e]+)*$',
          description: 'The same key and body return the same booking, for a day at least.',
        }),
      ),
    }),
    querystring: Body({
      wait: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: waitSecondsMax,
          description: 'Seconds to wait for the outcome.',
        }),
      ),
    }),
    body: BookBody,
    response: {
      201: { ...Booking, description: 'The seats are booked, or held until `expiresAt`.' },
      202: {
        ...Booking,
        description: 'It is queued: poll the address in Location after Retry-After.',
        examples: [examples.queuedBooking],
      },
      400: Problem('The request is not valid.', 'validation', 'bad-json'),
      404: Problem('There is no such section or user.', 'unknown-section', 'unknown-user'),
      409: Problem(
        'The booking was decided against; `bookingId` names it.',
        'sold-out',
        'seat-taken',
        'limit-exceeded',
        'sales-closed',
        'not-decidable',
      ),
      422: Problem('The idempotency key stands for another request.', 'idempotency-key-reused'),
      503: Problem(
        'Too many requests wait, or a server is down; see Retry-After.',
        'overloaded',
        'unavailable',
      ),
    },
  },
} as const;

/** POST /bookings: asking for seats. */
export const bookRoutes: FastifyPluginAsyncTypebox<BookRoutesOptions> = async (
  app,
  { intake, sections, users, replay },
) => {
  app.post('/bookings', bookRoute, async (request, reply) => {
    const wanted = wantedIn(request.body);
    const found = sections.find(wanted.sectionId);
    const section = found instanceof Promise ? await found : found;
    if (section === undefined) throw unknownSection(wanted.sectionId);
    if (wanted.seats !== undefined && section.seating === 'general') {
      throw invalidField('/seats', 'can only be chosen in a reserved section');
    }
    const { caller } = request;
    if (wanted.userId !== undefined) await users.mustExist(wanted.userId, caller);

    const waitSeconds = preferredWaitSeconds(request.headers.prefer);
    if (waitSeconds !== undefined) reply.header('preference-applied', `wait=${waitSeconds}`);
    const waitMs = (waitSeconds ?? request.query.wait ?? 0) * 1000;
    const key = request.headers['idempotency-key'];
    const idempotency = key === undefined ? undefined : claimFor(caller, key, wanted);
    const wait = { waitMs, client: reply.raw };
    let answer = await intake.submit(
      section.lane,
      { kind: 'book', ...wanted, ...givenBy(caller) },
      { ...wait, idempotency, origin: originOf(request) },
    );
    if (answer.kind === 'claimed' && idempotency !== undefined) {
      reply.header('idempotency-replayed', 'true');
      const again = { ...wanted, ...givenBy(caller) };
      answer = await replay.answer(section.lane, again, idempotency, answer.earlier, wait);
    }
    if (answer.kind === 'claimed') throw new Error('a key was claimed that was not sent');

    const { id, acceptedAtUs } = answer;
    const command = { ...wanted, id, acceptedAtUs };
    reply.header('location', `/bookings/${id}`);
    if (answer.kind === 'queued') {
      reply.code(202).header('retry-after', intake.pollAfterSeconds(section.lane));
      return bookingFromCommand(command, section);
    }
    const { outcome, decidedAtUs } = answer;
    if (outcome.kind !== 'booked') throw unknownSection(wanted.sectionId);
    if (outcome.reason !== null) throw rejected(outcome.reason, id, outcome.remaining, wanted);
    reply.code(201);
    return bookingFromOutcome(command, section, outcome, decidedAtUs);
  });
};

/** What the body asks for, in one spelling: ids in lower case, and always a quantity. */
function wantedIn(body: Static<typeof BookBody>) {
  const { quantity, seats, userId, hold } = body;
  if ((quantity === undefined) === (seats === undefined)) {
    throw quantity === undefined
      ? invalidField('/quantity', 'is required, unless seats are chosen')
      : invalidField('/seats', 'can not be given together with a quantity');
  }
  return {
    sectionId: body.sectionId.toLowerCase(),
    quantity: quantity ?? seats?.length ?? 0,
    ...(seats === undefined ? {} : { seats }),
    ...(userId === undefined ? {} : { userId: userId.toLowerCase() }),
    ...(hold === true ? { hold } : {}),
  };
}

/** A claim of the key for this request: the fingerprint is the same for the same request only. */
function claimFor(
  caller: Caller,
  key: string,
  wanted: ReturnType<typeof wantedIn>,
): IdempotencyClaim {
  const fingerprint = createHash('sha256').update(JSON.stringify(wanted)).digest('base64');
  return { caller: caller.id ?? anonymous, key, fingerprint };
}

function rejected(
  reason: RejectionReason,
  bookingId: string,
  remaining: number | null,
  wanted: ReturnType<typeof wantedIn>,
): ProblemError {
  const details: Record<RejectionReason, string> = {
    sold_out: `${wanted.quantity} asked for${remaining === null ? '' : `, ${remaining} left`}.`,
    seat_taken: 'One of these seats is taken or does not exist; none was booked.',
    limit_exceeded: 'More seats than one booking, or one user, can have in this section.',
    sales_closed: 'The section is not on sale at this time.',
    internal_error: 'The request could not be decided; it is logged under the booking id.',
  };
  return new ProblemError(problemOfReason[reason], {
    detail: details[reason],
    members: {
      bookingId,
      ...(reason === 'sold_out' && remaining !== null ? { remaining } : {}),
      ...(reason === 'seat_taken' ? { seats: wanted.seats } : {}),
    },
  });
}
