import { bookingIdOf, type Command, isBookingId, type Terms, tailMax, tailOf } from '@stile/core';
import { type Static, type TSchema, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { type EncodedOrigins, JobOrigins } from './job-origins.js';

const Id = Type.String({ format: 'uuid' });
const Tail = Type.Integer({ minimum: 0, maximum: tailMax });
const SectionIndex = Type.Integer({ minimum: 0 });
const AfterUs = Type.Integer({ minimum: 0, maximum: 2 ** 52 - 1 });
const Count = Type.Integer({ minimum: 1, maximum: 1_000_000 });
const OrNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

const JobTerms = Type.Object(
  {
    capacity: Type.Optional(Count),
    price: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
    maxPerBooking: Type.Optional(OrNull(Count)),
    maxPerUser: Type.Optional(OrNull(Count)),
    holdSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 86_400 })),
    salesOpenAtUs: Type.Optional(OrNull(Type.Integer())),
    salesCloseAtUs: Type.Optional(OrNull(Type.Integer())),
    closed: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

/** Every command starts alike: kind, tail of its id, index into sections, µs after acceptedAtUs. */
const head = [Tail, SectionIndex, AfterUs] as const;

/** quantity; then, when there is more to say, user, hold, chosen seats. */
const Book = Type.Tuple([Type.Literal('b'), ...head, Count]);
const BookMore = Type.Tuple([
  Type.Literal('b'),
  ...head,
  Count,
  OrNull(Id),
  Type.Boolean(),
  OrNull(Type.Array(Type.String({ pattern: '^[A-Za-z0-9-]{1,20}$' }), { minItems: 1 })),
]);
const OfBooking = Type.Tuple([
  Type.Union([Type.Literal('c'), Type.Literal('x'), Type.Literal('e')]),
  ...head,
  Id,
]);
const Change = Type.Tuple([Type.Literal('t'), ...head, JobTerms]);
/** As the api names them: text without spaces that every log and every column can hold. */
const Caller = Type.String({ pattern: '^[\\x21-\\x7e]{1,255}$' });

/**
 * What a job carries. Tuples rather than objects, and each section named once: a job of 500
 * requests is 14 KB in the queue instead of 70.
 */
const JobData = Type.Object({
  /** Number of the api process whose clients wait for the outcomes; absent when none does. */
  replyTo: Type.Optional(Type.Integer({ minimum: 0 })),
  /** When the first request was accepted, in microseconds since 1970. */
  acceptedAtUs: Type.Integer({ minimum: 0, maximum: 2 ** 52 }),
  sections: Type.Array(Id),
  /** Each caller once; absent when no command has one. */
  callers: Type.Optional(Type.Array(Caller)),
  /** For each command, from 1, the place of its caller there; 0 when it has none. */
  by: Type.Optional(Type.Array(Type.Integer({ minimum: 0 }))),
  commands: Type.Array(Type.Union([Book, BookMore, OfBooking, Change])),
  ...JobOrigins,
});
export type JobData = Static<typeof JobData>;
type CommandTuple = JobData['commands'][number];

const jobDataCheck = Compile(JobData);
const letterOf = { confirm: 'c', cancel: 'x', expire: 'e' } as const;
const kindOf = { c: 'confirm', x: 'cancel', e: 'expire' } as const;

/** The job data of these commands, which must all be of the job with this id and in order. */
export function encodeJob(
  commands: readonly Command[],
  replyTo: number | undefined,
  origins: EncodedOrigins = {},
): JobData {
  const sections = new Places();
  const callers = new Places();
  const acceptedAtUs = commands[0]?.acceptedAtUs ?? 0;
  const by = commands.map(({ caller }) => (caller === undefined ? 0 : callers.of(caller) + 1));
  const tuples = commands.map(
    (command): CommandTuple =>
      encodeCommand(command, sections.of(command.sectionId), command.acceptedAtUs - acceptedAtUs),
  );
  return {
    ...(replyTo === undefined ? {} : { replyTo }),
    acceptedAtUs,
    sections: sections.names,
    ...(callers.names.length === 0 ? {} : { callers: callers.names, by }),
    commands: tuples,
    ...origins,
  };
}

/** Names each thing once, in the order in which they came. */
class Places {
  readonly names: string[] = [];
  readonly #places = new Map<string, number>();

  of(name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const place = this.names.push(name) - 1;
    this.#places.set(name, place);
    return place;
  }
}

function encodeCommand(command: Command, sectionIndex: number, afterUs: number): CommandTuple {
  const tail = tailOf(command.id);
  switch (command.kind) {
    case 'book': {
      const { quantity, userId, hold, seats } = command;
      if (userId === undefined && hold !== true && seats === undefined) {
        return ['b', tail, sectionIndex, afterUs, quantity];
      }
      const chosen = seats === undefined ? null : [...seats];
      return ['b', tail, sectionIndex, afterUs, quantity, userId ?? null, hold ?? false, chosen];
    }
    case 'change':
      return ['t', tail, sectionIndex, afterUs, command.terms];
    default:
      return [letterOf[command.kind], tail, sectionIndex, afterUs, command.bookingId];
  }
}

/**
 * The commands of a job in the order they were accepted, or undefined when the data is not such as
 * `encodeJob` makes: a job that something else put into the lane.
 */
export function decodeJob(jobId: string, data: unknown): Command[] | undefined {
  if (!isBookingId(jobId) || !jobDataCheck.Check(data)) return undefined;
  const { callers = [], by = [] } = data;
  const commands: Command[] = [];
  for (const [index, tuple] of data.commands.entries()) {
    const sectionId = data.sections[tuple[2]];
    const place = by[index] ?? 0;
    const caller = callers[place - 1];
    if (sectionId === undefined || (caller === undefined && place > 0)) return undefined;
    const id = bookingIdOf(jobId, tuple[1]);
    const acceptedAtUs = data.acceptedAtUs + tuple[3];
    const base = { id, sectionId, acceptedAtUs, ...(caller === undefined ? {} : { caller }) };
    commands.push(decodeCommand(tuple, base));
  }
  return commands;
}

function decodeCommand(
  tuple: CommandTuple,
  base: Pick<Command, 'id' | 'sectionId' | 'acceptedAtUs' | 'caller'>,
): Command {
  switch (tuple[0]) {
    case 'b': {
      const [, , , , quantity, userId = null, hold = false, seats = null] = tuple;
      return {
        ...base,
        kind: 'book',
        quantity,
        ...(userId === null ? {} : { userId }),
        ...(hold ? { hold } : {}),
        ...(seats === null ? {} : { seats }),
      };
    }
    case 't':
      return { ...base, kind: 'change', terms: tuple[4] as Partial<Terms> };
    default:
      return { ...base, kind: kindOf[tuple[0]], bookingId: tuple[4] };
  }
}
