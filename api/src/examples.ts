/** What the OpenAPI document shows: one event, seen by every route. */
const eventId = '01a1fa2a-7182-74c8-8f3e-e71cdc28badb';
const sectionId = '01a1fa2a-7183-72bd-9111-9c74bc7aea6a';
const userId = '01a1fa2a-71a6-765e-9b68-d53cfee00b14';
const bookingId = '01a1fa2a-71c3-700c-8001-0000f9b7cdf8';

const section = {
  id: sectionId,
  name: 'Stalls',
  seating: 'reserved',
  price: 1_200,
  capacity: 12,
  remaining: 10,
  maxPerUser: 4,
  holdSeconds: 60,
  version: 1,
};
const event = {
  id: eventId,
  name: 'Matinée',
  kind: 'theatre',
  salesCloseAt: '2027-06-01T18:00:00.000Z',
  currency: 'EUR',
  version: 1,
  createdAt: '2026-11-20T18:14:08.002Z',
  sections: [section],
};
const counts = {
  capacity: 12,
  remaining: 10,
  held: 2,
  confirmed: 0,
  rejected: 1,
  revenue: 0,
  occupancy: 0.166_7,
  version: 1,
};

const booking = {
  id: bookingId,
  status: 'held',
  eventId,
  sectionId,
  userId,
  quantity: 2,
  seats: ['A-3', 'A-4'],
  adjacent: true,
  price: 2_400,
  sequence: 1,
  acceptedAt: '2026-11-20T18:14:08.075Z',
  decidedAt: '2026-11-20T18:14:08.081Z',
  expiresAt: '2026-11-20T18:15:08.081Z',
};

export const examples = {
  event,
  section,
  newEvent: {
    name: 'Matinée',
    kind: 'theatre',
    salesCloseAt: '2027-06-01T18:00:00Z',
    sections: [
      {
        name: 'Stalls',
        price: 1_200,
        seating: 'reserved',
        rows: [
          { row: 'A', seats: 6 },
          { row: 'B', seats: 6 },
        ],
        holdSeconds: 60,
        maxPerUser: 4,
      },
    ],
  },
  changesOfEvent: { name: 'Matinée for children', salesCloseAt: null },
  changesOfSection: { price: 1_000, maxPerUser: null },
  stats: {
    id: eventId,
    name: 'Matinée',
    currency: 'EUR',
    ...counts,
    sections: [{ id: sectionId, name: 'Stalls', ...counts }],
  },
  seat: { label: 'A-3', row: 'A', number: 3, status: 'held' },
  newBooking: { sectionId, quantity: 2, userId, hold: true },
  booking,
  queuedBooking: {
    id: bookingId,
    status: 'queued',
    eventId,
    sectionId,
    userId,
    quantity: 2,
    price: 2_400,
    acceptedAt: '2026-11-20T18:14:08.075Z',
  },
  queued: { id: bookingId, status: 'queued' },
  user: {
    id: userId,
    name: 'Ada',
    email: 'ada@example.org',
    createdAt: '2026-11-20T18:14:08.040Z',
  },
  newUser: { name: 'Ada', email: 'ada@example.org' },
  changesOfUser: { name: 'Ada Lovelace' },
  availability: { sectionId, remaining: 10, version: 1 },
  seatMap: {
    sectionId,
    version: 1,
    rows: [
      { row: 'A', seats: 'aahhaa' },
      { row: 'B', seats: 'aaaaaa' },
    ],
  },
  overview: {
    at: '2026-11-20T18:14:10.000Z',
    windowSeconds: 1,
    lanes: [
      {
        lane: 0,
        owner: 'worker-1:4711',
        epoch: 1,
        backlogJobs: 0,
        backlogRequests: 0,
        decidedPerSecond: 1,
        batchSize: 1,
        waitP50Ms: 6,
        waitP99Ms: 6,
      },
    ],
    seconds: [
      {
        at: '2026-11-20T18:14:08.000Z',
        held: 1,
        confirmed: 0,
        rejected: 0,
        expired: 0,
        cancelled: 0,
        changed: 0,
      },
    ],
    hottest: [
      {
        id: sectionId,
        name: 'Stalls',
        eventId,
        eventName: 'Matinée',
        lane: 0,
        capacity: 12,
        remaining: 10,
        decidedPerSecond: 1,
      },
    ],
    demoSale: true,
  },
  story: {
    booking,
    eventName: 'Matinée',
    sectionName: 'Stalls',
    lane: 0,
    queueName: 'lane-0',
    jobId: '01a1fa2a-71c3-700c-8001-000000000000',
    apiProcess: 1,
    jobMadeAt: '2026-11-20T18:14:08.067Z',
    ledger: [
      {
        sequence: 1,
        command: 'book',
        outcome: 'held',
        quantity: 2,
        seats: ['A-3', 'A-4'],
        remaining: 10,
        expiresAt: booking.expiresAt,
        acceptedAt: booking.acceptedAt,
        decidedAt: booking.decidedAt,
        waitMs: 6,
        batchSize: 1,
        placeInBatch: 1,
      },
    ],
  },
  metrics: 'stile_pool_connections{pool="api",state="idle"} 2\n',
  ready: {
    status: 'ready',
    database: 'up',
    queue: 'up',
    outcomes: 'up',
    lanesWithoutOwner: [],
  },
} as const;
