import { randomUUID } from 'node:crypto';
import type { Booking } from './booking-view.js';

/** An answer with its body as JSON, or as text when it is not. */
export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface EventBody {
  readonly id: string;
  readonly name: string;
  readonly kind?: string;
  readonly startsAt?: string;
  readonly salesOpenAt?: string;
  readonly salesCloseAt?: string;
  readonly currency: string;
  readonly version: number;
  readonly createdAt: string;
  readonly sections: readonly SectionBody[];
}

export interface SectionBody {
  readonly id: string;
  readonly name: string;
  readonly seating: string;
  readonly price: number;
  readonly capacity: number;
  readonly remaining: number;
  readonly maxPerBooking?: number;
  readonly maxPerUser?: number;
  readonly holdSeconds: number;
  readonly version: number;
}

export interface SeatBody {
  readonly label: string;
  readonly row: string;
  readonly number: number;
  readonly status: string;
}

export interface UserBody {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly createdAt: string;
}

export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly bookingId?: string;
  readonly remaining?: number;
  readonly seats?: readonly string[];
}

/** What POST /bookings may answer: members that the answer has not are undefined. */
export type BookingOrProblem = Booking & Omit<ProblemBody, 'status' | 'seats'>;

export interface PageBody<Row> {
  readonly data: readonly Row[];
  readonly nextCursor: string | null;
}

/** What Bull Board's page reads of the lanes. */
export interface QueuesBody {
  readonly queues: readonly {
    readonly name: string;
    readonly isPaused: boolean;
    readonly counts: Readonly<Record<string, number>>;
  }[];
}

/** Speaks HTTP to a listening api. */
export class HttpClient {
  readonly address: string;
  readonly #headers: Readonly<Record<string, string>>;

  /** These headers go with every request. */
  constructor(address: string, headers: Readonly<Record<string, string>> = {}) {
    this.address = address;
    this.#headers = headers;
  }

  /** A client that sends this token or key, or none. */
  as(credential: string | undefined): HttpClient {
    const headers = credential === undefined ? {} : { authorization: `Bearer ${credential}` };
    return new HttpClient(this.address, headers);
  }

  async send<Body = ProblemBody>(path: string, request: RequestInit = {}): Promise<Answer<Body>> {
    const headers = new Headers(request.headers);
    for (const [name, value] of Object.entries(this.#headers)) headers.append(name, value);
    const response = await fetch(this.address + path, { redirect: 'manual', ...request, headers });
    const type = response.headers.get('content-type') ?? '';
    if (response.body !== null && /^text\/event-stream/.test(type)) {
      // It has no end: see event-stream.test-fixture.ts for reading one.
      await response.body.cancel();
      return { status: response.status, headers: response.headers, body: '' as Body };
    }
    const isJson = /^application\/(problem\+)?json/.test(type);
    const body = (isJson ? await response.json() : await response.text()) as Body;
    return { status: response.status, headers: response.headers, body };
  }

  get<Body = ProblemBody>(path: string): Promise<Answer<Body>> {
    return this.send<Body>(path);
  }

  post<Body = ProblemBody>(
    path: string,
    json: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer<Body>> {
    return this.sendJson<Body>('POST', path, json, headers);
  }

  patch<Body = ProblemBody>(path: string, json: unknown): Promise<Answer<Body>> {
    return this.sendJson<Body>('PATCH', path, json, {});
  }

  delete<Body = ProblemBody>(
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer<Body>> {
    return this.send<Body>(path, { method: 'DELETE', headers });
  }

  private sendJson<Body>(
    method: string,
    path: string,
    json: unknown,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answer<Body>> {
    return this.send<Body>(path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(json),
    });
  }

  /** Every row of a list, page by page. */
  async all<Row>(path: string, limit = 7): Promise<Row[]> {
    const rows: Row[] = [];
    let cursor: string | null = null;
    do {
      const { body }: Answer<PageBody<Row>> = await this.get(
        `${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor === null ? '' : `&cursor=${cursor}`}`,
      );
      rows.push(...body.data);
      cursor = body.nextCursor;
    } while (cursor !== null);
    return rows;
  }

  /** A new event with sections of these capacities, for 25.00 EUR a seat. */
  async createEvent(...capacities: readonly number[]): Promise<EventBody> {
    const sections = capacities.map((capacity, n) => ({ name: `S${n}`, price: 2_500, capacity }));
    return (await this.post<EventBody>('/events', { name: 'A concert', sections })).body;
  }

  /** The one section of a new event. */
  async createSection(
    capacity: number,
    fields: object = {},
  ): Promise<SectionBody & { readonly eventId: string }> {
    return this.createOnly({ capacity, ...fields });
  }

  /** The one section of a new event: rows A, B … with so many numbered seats. */
  createHall(...seatsOfRows: readonly number[]): Promise<SectionBody & { eventId: string }> {
    const rows = seatsOfRows.map((seats, n) => ({ row: String.fromCharCode(65 + n), seats }));
    return this.createOnly({ seating: 'reserved', rows });
  }

  /** A new user with an address that nobody else has. */
  async createUser(): Promise<string> {
    const email = `${randomUUID()}@example.org`;
    return (await this.post<UserBody>('/users', { name: 'Ada', email })).body.id;
  }

  private async createOnly(fields: object): Promise<SectionBody & { readonly eventId: string }> {
    const section = { name: 'S0', price: 2_500, ...fields };
    const { body } = await this.post<EventBody>('/events', {
      name: 'A concert',
      sections: [section],
    });
    return { ...(body.sections[0] as SectionBody), eventId: body.id };
  }
}
