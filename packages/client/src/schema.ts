/**
 * The types of Stile's HTTP API, made from its OpenAPI document by openapi-typescript. Do not edit:
 * `npm run openapi` makes it again.
 */
export interface paths {
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List events, newest first */
        get: operations["getEvents"];
        put?: never;
        /** Create an event with its sections */
        post: operations["postEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an event and each section's remaining seats */
        get: operations["getEventsById"];
        put?: never;
        post?: never;
        /** Delete an event that has no live bookings; its bookings stay readable */
        delete: operations["deleteEventsById"];
        options?: never;
        head?: never;
        /** Change an event; null takes a field away */
        patch: operations["patchEventsById"];
        trace?: never;
    };
    "/events/{id}/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Seats, bookings and revenue of an event and its sections */
        get: operations["getEventsByIdStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/{id}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch the remaining seats of an event
         * @description Server-sent events. Each `availability` has the JSON `{sectionId, remaining, version}`: first one for every section, then one for each section that changed, at most 10 a second for a section. What is skipped is made up for by what follows: the highest version of a section is its truth. A client that comes back with `Last-Event-ID` and has missed nothing gets no snapshot. A stream ends when its event is deleted (asking again is a 404) or the server stops; `retry` says how long to wait before asking again. A comment comes every 15 seconds.
         */
        get: operations["getEventsByIdStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a section, in its turn among the bookings; null takes a limit away */
        patch: operations["patchSectionsById"];
        trace?: never;
    };
    "/sections/{id}/seats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the numbered seats of a section, from the front */
        get: operations["getSectionsByIdSeats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sections/{id}/seat-map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every numbered seat of a section, a letter each */
        get: operations["getSectionsByIdSeatMap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your users, newest first; operators see everybody’s */
        get: operations["getUsers"];
        put?: never;
        /** Create a user, or get the one who has the e-mail address */
        post: operations["postUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a user */
        get: operations["getUsersById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a user */
        patch: operations["patchUsersById"];
        trace?: never;
    };
    "/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List webhooks, newest first */
        get: operations["getWebhooks"];
        put?: never;
        /**
         * Register an address that is told what becomes of bookings
         * @description Messages are Standard Webhooks, sent at least once and in order for each booking. The secret is in this answer only.
         */
        post: operations["postWebhooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a webhook */
        get: operations["getWebhooksById"];
        put?: never;
        post?: never;
        /** Remove a webhook with its log */
        delete: operations["deleteWebhooksById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enable a webhook again: it goes on where it was disabled, and misses nothing */
        post: operations["postWebhooksByIdEnable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a webhook was told, newest first */
        get: operations["getWebhooksByIdDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/deliveries/{deliveryId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send one message again, under the same message id */
        post: operations["postWebhooksByIdDeliveriesByDeliveryIdReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send everything again that was decided from a point in time on
         * @description In order, and under the same message ids. Reaches back as far as the ledger does, before the webhook was registered too.
         */
        post: operations["postWebhooksByIdReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bookings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your decided bookings, newest first; operators see everybody’s */
        get: operations["getBookings"];
        put?: never;
        /**
         * Ask for seats; wait for the outcome or poll for it
         * @description Answers 202 as soon as the request is safely queued. With `Prefer: wait=N` or `?wait=N` it answers with the outcome instead, or with the 202 when that takes longer than N seconds.
         */
        post: operations["postBookings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bookings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a booking, queued or decided */
        get: operations["getBookingsById"];
        put?: never;
        post?: never;
        /** Cancel a booking, queued, held or confirmed: its seats are free again */
        delete: operations["deleteBookingsById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bookings/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm a held booking */
        post: operations["postBookingsByIdConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process runs and takes requests */
        get: operations["getHealthLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Database, queue and lanes are ready for bookings */
        get: operations["getHealthReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics of this process, in the text format of Prometheus */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/problems/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a type of problem means */
        get: operations["getProblemsByCode"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ops/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lanes, outcomes a second and the hottest sections, of the last seconds
         * @description Made to be asked for once a second; all who ask share one look.
         */
        get: operations["getOpsOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ops/bookings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole story of a booking, from the ledger */
        get: operations["getOpsBookingsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ops/demo-sale": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run a sale of 20 seconds with buyers made up by the server; never in production */
        post: operations["postOpsDemoSale"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @example {
         *       "id": "01a1fa2a-71c3-700c-8001-0000f9b7cdf8",
         *       "status": "held",
         *       "eventId": "01a1fa2a-7182-74c8-8f3e-e71cdc28badb",
         *       "sectionId": "01a1fa2a-7183-72bd-9111-9c74bc7aea6a",
         *       "userId": "01a1fa2a-71a6-765e-9b68-d53cfee00b14",
         *       "quantity": 2,
         *       "seats": [
         *         "A-3",
         *         "A-4"
         *       ],
         *       "adjacent": true,
         *       "price": 2400,
         *       "sequence": 1,
         *       "acceptedAt": "2026-11-20T18:14:08.075Z",
         *       "decidedAt": "2026-11-20T18:14:08.081Z",
         *       "expiresAt": "2026-11-20T18:15:08.081Z"
         *     }
         */
        Booking: {
            /**
             * Format: uuid
             * @description The booking. Its job in the queue has the same id with the last 11 digits 0.
             */
            id: string;
            /**
             * @description Queued until its lane decides it.
             * @enum {string}
             */
            status: "queued" | "held" | "confirmed" | "rejected" | "expired" | "cancelled";
            /** @description Why it was rejected. */
            reason?: string;
            /**
             * Format: uuid
             * @description The event.
             */
            eventId: string;
            /**
             * Format: uuid
             * @description The section.
             */
            sectionId: string;
            /**
             * Format: uuid
             * @description The user it is for.
             */
            userId?: string;
            /** @description Seats. */
            quantity: number;
            /** @description Labels of its seats, in a reserved section. */
            seats?: string[];
            /** @description Whether the seats picked for it are side by side. */
            adjacent?: boolean;
            /** @description Of all its seats together, in minor units. */
            price: number;
            /** @description The decision's number in its section; there are no gaps. */
            sequence?: number;
            /** @description When the api took the request. */
            acceptedAt: string;
            /** @description When its lane decided it. */
            decidedAt?: string;
            /** @description When its hold ends, or ended. */
            expiresAt?: string;
            /** @description Requests ahead of it in its lane, while it is queued. */
            position?: number;
            /** @description At the lane's measured rate; absent when that is not known. */
            estimatedWaitMs?: number;
        };
        ChangesOfEvent: {
            /** @description What people call it. */
            name?: string;
            /**
             * @description A short word such as concert, movie, bus, doctor.
             * @example concert
             */
            kind?: string | null;
            /**
             * Format: date-time
             * @description When it begins.
             */
            startsAt?: string | null;
            /**
             * Format: date-time
             * @description When sales begin, in all of its sections.
             */
            salesOpenAt?: string | null;
            /**
             * Format: date-time
             * @description When sales end, in all of its sections.
             */
            salesCloseAt?: string | null;
        };
        ChangesOfSection: {
            /** @description Seats in all. */
            capacity?: number;
            /** @description Of one seat, for those who book from now on. */
            price?: number;
            /** @description Seats one booking may have at most. */
            maxPerBooking?: number | null;
            /** @description Seats one user may have at most. */
            maxPerUser?: number | null;
            /** @description How long a hold lasts. */
            holdSeconds?: number;
        };
        ChangesOfUser: {
            /** @description What to call them. */
            name?: string;
            /**
             * Format: email
             * @description Who they are: no two users have the same, whatever its case.
             */
            email?: string;
        };
        /**
         * @example {
         *       "id": "42",
         *       "messageId": "msg_01a1fa2a-7183-72bd-9111-9c74bc7aea6a-7",
         *       "type": "booking.confirmed",
         *       "bookingId": "01a1fa2a-71c3-700c-8001-0000f9b7cdf8",
         *       "state": "delivered",
         *       "attempts": 1,
         *       "statusCode": 204,
         *       "attemptedAt": "2026-11-20T18:14:08.214Z",
         *       "deliveredAt": "2026-11-20T18:14:08.214Z",
         *       "createdAt": "2026-11-20T18:14:08.119Z"
         *     }
         */
        Delivery: {
            /** @description Its number in the log. */
            id: string;
            /** @description The `webhook-id` that its receiver sees. */
            messageId: string;
            type: string;
            /**
             * Format: uuid
             * @description The booking.
             */
            bookingId: string;
            /**
             * @description pending waits for its turn, queued is being tried, failed is given up.
             * @enum {string}
             */
            state: "pending" | "queued" | "delivered" | "failed";
            /** @description Since it was queued last. */
            attempts: number;
            /** @description What the last attempt was answered. */
            statusCode?: number;
            /** @description Why the last attempt was no delivery. */
            error?: string;
            /**
             * Format: date-time
             * @description The last attempt.
             */
            attemptedAt?: string;
            /**
             * Format: date-time
             * @description When it is tried again.
             */
            nextAttemptAt?: string;
            /**
             * Format: date-time
             * @description When its receiver took it.
             */
            deliveredAt?: string;
            /**
             * Format: date-time
             * @description When it was read from the ledger.
             */
            createdAt: string;
        };
        /**
         * @example {
         *       "id": "01a1fa2a-7182-74c8-8f3e-e71cdc28badb",
         *       "name": "Matinée",
         *       "kind": "theatre",
         *       "salesCloseAt": "2027-06-01T18:00:00.000Z",
         *       "currency": "EUR",
         *       "version": 1,
         *       "createdAt": "2026-11-20T18:14:08.002Z",
         *       "sections": [
         *         {
         *           "id": "01a1fa2a-7183-72bd-9111-9c74bc7aea6a",
         *           "name": "Stalls",
         *           "seating": "reserved",
         *           "price": 1200,
         *           "capacity": 12,
         *           "remaining": 10,
         *           "maxPerUser": 4,
         *           "holdSeconds": 60,
         *           "version": 1
         *         }
         *       ]
         *     }
         */
        Event: {
            /**
             * Format: uuid
             * @description The event.
             */
            id: string;
            name: string;
            /** @description A short word such as concert. */
            kind?: string;
            /** @description When it begins. */
            startsAt?: string;
            /** @description When sales begin. */
            salesOpenAt?: string;
            /** @description When sales end. */
            salesCloseAt?: string;
            /** @description ISO 4217. */
            currency: string;
            /** @description The sum of its sections' versions. */
            version: number;
            createdAt: string;
            sections: components["schemas"]["Section"][];
        };
        EventStats: {
            /**
             * Format: uuid
             * @description The event.
             */
            id: string;
            name: string;
            currency: string;
            /** @description Seats in all. */
            capacity: number;
            /** @description Seats nobody holds or has booked. */
            remaining: number;
            /** @description Seats in holds. */
            held: number;
            /** @description Seats in confirmed bookings. */
            confirmed: number;
            /** @description Bookings that were turned down. */
            rejected: number;
            /** @description Price of the confirmed bookings, in minor units. */
            revenue: number;
            /** @description Share of the seats held or confirmed, from 0 to 1. */
            occupancy: number;
            /** @description Grows with every change; an event's is a sum. */
            version: number;
            sections: {
                /**
                 * Format: uuid
                 * @description The section.
                 */
                id: string;
                name: string;
                /** @description Seats in all. */
                capacity: number;
                /** @description Seats nobody holds or has booked. */
                remaining: number;
                /** @description Seats in holds. */
                held: number;
                /** @description Seats in confirmed bookings. */
                confirmed: number;
                /** @description Bookings that were turned down. */
                rejected: number;
                /** @description Price of the confirmed bookings, in minor units. */
                revenue: number;
                /** @description Share of the seats held or confirmed, from 0 to 1. */
                occupancy: number;
                /** @description Grows with every change; an event's is a sum. */
                version: number;
            }[];
        };
        Liveness: {
            /**
             * @description It takes requests.
             * @enum {string}
             */
            status: "live";
        };
        NewBooking: {
            /**
             * Format: uuid
             * @description The section.
             */
            sectionId: string;
            /** @description Seats wanted. */
            quantity?: number;
            /** @description Labels of the seats wanted, in place of a quantity: all of them or none. */
            seats?: string[];
            /**
             * Format: uuid
             * @description The user it is for.
             */
            userId?: string;
            /** @description Hold the seats until they are confirmed or the hold ends. */
            hold?: boolean;
        };
        NewEvent: {
            /** @description What people call it. */
            name: string;
            /**
             * @description A short word such as concert, movie, bus, doctor.
             * @example concert
             */
            kind?: string;
            /**
             * Format: date-time
             * @description When it begins.
             */
            startsAt?: string;
            /**
             * Format: date-time
             * @description Requests that are accepted earlier are turned down.
             */
            salesOpenAt?: string;
            /**
             * Format: date-time
             * @description So are those accepted then or later.
             */
            salesCloseAt?: string;
            /**
             * @description ISO 4217.
             * @default EUR
             */
            currency?: string;
            sections: {
                /** @description Unique within the event. */
                name: string;
                /** @description Price of one seat, in minor units of the event's currency. */
                price: number;
                /** @description Seats in all. */
                capacity?: number;
                /**
                 * @description General (the default), or with numbered seats.
                 * @enum {string}
                 */
                seating?: "general" | "reserved";
                /** @description Reserved seating: its rows, nearest the front first. */
                rows?: {
                    /** @description Starts the labels: C in C-12. */
                    row: string;
                    seats: number;
                }[];
                /** @description Seats one booking may have at most. */
                maxPerBooking?: number;
                /** @description Seats one user may have at most; who names no user can then have none. */
                maxPerUser?: number;
                /** @description How long a hold lasts. */
                holdSeconds?: number;
            }[];
        };
        NewUser: {
            /** @description What to call them. */
            name: string;
            /**
             * Format: email
             * @description Who they are: no two users have the same, whatever its case.
             */
            email: string;
        };
        NewWebhook: {
            /** @description Where to send; its host must be on the public internet unless the server allows others. */
            url: string;
            /** @description What to tell of; everything when it is left out. */
            types?: ("booking.held" | "booking.confirmed" | "booking.rejected" | "booking.cancelled" | "booking.expired")[];
        };
        Overview: {
            /** @description When this was read. */
            at: string;
            /** @description How far back the rates go: 10 s at most, 0 when nobody looked just before. */
            windowSeconds: number;
            lanes: {
                lane: number;
                /** @description The worker that decides in it: host and process; null when none does. */
                owner: string | null;
                /** @description How often the lane has been taken. */
                epoch: number;
                /** @description Jobs queued or in hand; absent above 1,000. */
                backlogJobs?: number;
                /** @description Commands in these jobs. */
                backlogRequests?: number;
                /** @description Age of the oldest of these jobs. */
                oldestAgeMs?: number;
                /** @description Decisions recorded, over the window. */
                decidedPerSecond: number;
                /** @description Decisions a transaction, on average, over the window. */
                batchSize?: number;
                /** @description From acceptance to decision, half. */
                waitP50Ms?: number;
                /** @description From acceptance to decision, 99 %. */
                waitP99Ms?: number;
            }[];
            /** @description Outcomes of the last two minutes in which somebody looked; without idle seconds. */
            seconds: {
                /** @description The second, by the database's clock. */
                at: string;
                held: number;
                confirmed: number;
                rejected: number;
                expired: number;
                cancelled: number;
                changed: number;
            }[];
            /** @description Sections that decide the most, at most ten. */
            hottest: {
                /**
                 * Format: uuid
                 * @description The section.
                 */
                id: string;
                name: string;
                /**
                 * Format: uuid
                 * @description Its event.
                 */
                eventId: string;
                eventName: string;
                lane: number;
                capacity: number;
                remaining: number;
                /** @description Decisions recorded, over the window. */
                decidedPerSecond: number;
            }[];
            /** @description Whether POST /ops/demo-sale is served. */
            demoSale: boolean;
        };
        Problem: {
            /** @description A stable path that names the problem. */
            type: string;
            title: string;
            status: number;
            /** @description What is wrong here, and what to do. */
            detail: string;
            /** @description The request's id; the log has it too. */
            instance: string;
            errors?: {
                path: string;
                message: string;
            }[];
        } & {
            [key: string]: unknown;
        };
        ProblemType: {
            /** @description The path that names it. */
            type: string;
            /** @description What it means. */
            title: string;
            /** @description The status of an answer that is this problem. */
            status: number;
        };
        Queued: {
            /**
             * Format: uuid
             * @description The booking.
             */
            id: string;
            /**
             * @description The command is in its lane.
             * @enum {string}
             */
            status: "queued";
        };
        Readiness: {
            /**
             * @description Whether bookings are accepted and decided.
             * @enum {string}
             */
            status: "ready" | "not ready" | "stopping";
            /**
             * @description Whether it answers.
             * @enum {string}
             */
            database: "up" | "down";
            /**
             * @description Whether it answers.
             * @enum {string}
             */
            queue: "up" | "down";
            /**
             * @description Whether it answers.
             * @enum {string}
             */
            outcomes: "up" | "down";
            /** @description No worker decides in these. */
            lanesWithoutOwner: number[];
        };
        RegisteredWebhook: {
            /**
             * Format: uuid
             * @description Names the webhook.
             */
            id: string;
            url: string;
            types: string[];
            /** @description False once it has failed for days. */
            enabled: boolean;
            /**
             * Format: date-time
             * @description The first failure since something was delivered.
             */
            failingSince?: string;
            /**
             * Format: date-time
             * @description When it was given up.
             */
            disabledAt?: string;
            /**
             * Format: date-time
             * @description It is told of what was decided from then on.
             */
            createdAt: string;
            /** @description Verifies signatures. It is told this once. */
            secret: string;
        };
        Replay: {
            /**
             * Format: date-time
             * @description The first instant whose decisions are sent again.
             */
            from: string;
        };
        ReplayBegun: {
            from: string;
        };
        /**
         * @example {
         *       "label": "A-3",
         *       "row": "A",
         *       "number": 3,
         *       "status": "held"
         *     }
         */
        Seat: {
            /** @description Names the seat in POST /bookings. */
            label: string;
            row: string;
            /** @description Its place in the row, from 1 on. */
            number: number;
            /**
             * @description Whether somebody has it.
             * @enum {string}
             */
            status: "available" | "held" | "confirmed";
        };
        SeatMap: {
            /**
             * Format: uuid
             * @description The section.
             */
            sectionId: string;
            /** @description The version of the section that it shows, or a later one. */
            version: number;
            /** @description Nearest the front first. */
            rows: {
                /** @description Its name; the label of its third seat is C-3 in row C. */
                row: string;
                /** @description A letter for each seat from 1 on: a available, h held, c confirmed. */
                seats: string;
            }[];
        };
        /**
         * @example {
         *       "id": "01a1fa2a-7183-72bd-9111-9c74bc7aea6a",
         *       "name": "Stalls",
         *       "seating": "reserved",
         *       "price": 1200,
         *       "capacity": 12,
         *       "remaining": 10,
         *       "maxPerUser": 4,
         *       "holdSeconds": 60,
         *       "version": 1
         *     }
         */
        Section: {
            /**
             * Format: uuid
             * @description Names the section in POST /bookings.
             */
            id: string;
            name: string;
            /**
             * @description Whether its seats are numbered: see GET /sections/{id}/seats.
             * @enum {string}
             */
            seating: "general" | "reserved";
            /** @description Of one seat, in minor units of the event's currency. */
            price: number;
            /** @description Seats in all. */
            capacity: number;
            /** @description Seats nobody holds or has booked. */
            remaining: number;
            /** @description Seats one booking may have. */
            maxPerBooking?: number;
            /** @description Seats one user may have in live bookings; it must be named. */
            maxPerUser?: number;
            /** @description How long a hold lasts. */
            holdSeconds: number;
            /** @description Grows by one with every change of the section. */
            version: number;
        };
        Stopping: {
            /**
             * @description It is about to stop: ask others.
             * @enum {string}
             */
            status: "stopping";
        };
        Story: {
            booking: components["schemas"]["Booking"];
            eventName: string;
            sectionName: string;
            lane: number;
            /** @description The queue of its lane, as Bull Board names it. */
            queueName: string;
            /** @description The job that carried the request. */
            jobId: string;
            /** @description The number of the api process that took it. */
            apiProcess: number;
            /** @description When that job was made. */
            jobMadeAt: string;
            /** @description Empty while it is queued. */
            ledger: {
                /** @description Its number in the ledger of the section. */
                sequence: number;
                /** @description book, confirm, cancel or expire. */
                command: string;
                /** @description held, confirmed, rejected, cancelled or expired. */
                outcome: string;
                /** @description Why it was rejected. */
                reason?: string;
                /** @description Who asked for it. */
                caller?: string;
                quantity: number;
                seats?: string[];
                /** @description Seats left in the section after it. */
                remaining: number;
                /** @description When the hold ends. */
                expiresAt?: string;
                acceptedAt: string;
                /** @description When its transaction began. */
                decidedAt: string;
                /** @description From acceptance to decision. */
                waitMs: number;
                /** @description Commands its transaction decided in this section. */
                batchSize: number;
                /** @description Its place among those, from 1 on. */
                placeInBatch: number;
            }[];
        };
        /**
         * @example {
         *       "id": "01a1fa2a-71a6-765e-9b68-d53cfee00b14",
         *       "name": "Ada",
         *       "email": "ada@example.org",
         *       "createdAt": "2026-11-20T18:14:08.040Z"
         *     }
         */
        User: {
            /**
             * Format: uuid
             * @description Names the user in POST /bookings.
             */
            id: string;
            name: string;
            /** @description As it was given. */
            email: string;
            createdAt: string;
        };
        /**
         * @example {
         *       "id": "01a1fa2a-71d0-7b1e-9c3d-5f1f0f6a2b11",
         *       "url": "https://partner.example/stile",
         *       "types": [
         *         "booking.held",
         *         "booking.confirmed",
         *         "booking.rejected",
         *         "booking.cancelled",
         *         "booking.expired"
         *       ],
         *       "enabled": true,
         *       "createdAt": "2026-11-20T18:14:08.002Z"
         *     }
         */
        Webhook: {
            /**
             * Format: uuid
             * @description Names the webhook.
             */
            id: string;
            url: string;
            types: string[];
            /** @description False once it has failed for days. */
            enabled: boolean;
            /**
             * Format: date-time
             * @description The first failure since something was delivered.
             */
            failingSince?: string;
            /**
             * Format: date-time
             * @description When it was given up.
             */
            disabledAt?: string;
            /**
             * Format: date-time
             * @description It is told of what was decided from then on.
             */
            createdAt: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getEvents: {
        parameters: {
            query?: {
                /** @description Rows at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /**
                 * @description A short word such as concert, movie, bus, doctor.
                 * @example concert
                 */
                kind?: string;
                /** @description Only events that start at this time or later. */
                from?: string;
                /** @description Only events that start before this time. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "01a1fa2a-7182-74c8-8f3e-e71cdc28badb",
                     *           "name": "Matinée",
                     *           "kind": "theatre",
                     *           "salesCloseAt": "2027-06-01T18:00:00.000Z",
                     *           "currency": "EUR",
                     *           "version": 1,
                     *           "createdAt": "2026-11-20T18:14:08.002Z",
                     *           "sections": [
                     *             {
                     *               "id": "01a1fa2a-7183-72bd-9111-9c74bc7aea6a",
                     *               "name": "Stalls",
                     *               "seating": "reserved",
                     *               "price": 1200,
                     *               "capacity": 12,
                     *               "remaining": 10,
                     *               "maxPerUser": 4,
                     *               "holdSeconds": 60,
                     *               "version": 1
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Event"][];
                        /** @description Asks for the next page; null on the last one. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description A parameter is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server that is needed is down. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Matinée",
                 *       "kind": "theatre",
                 *       "salesCloseAt": "2027-06-01T18:00:00Z",
                 *       "sections": [
                 *         {
                 *           "name": "Stalls",
                 *           "price": 1200,
                 *           "seating": "reserved",
                 *           "rows": [
                 *             {
                 *               "row": "A",
                 *               "seats": 6
                 *             },
                 *             {
                 *               "row": "B",
                 *               "seats": 6
                 *             }
                 *           ],
                 *           "holdSeconds": 60,
                 *           "maxPerUser": 4
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewEvent"];
            };
        };
        responses: {
            /** @description As it was made. */
            201: {
                headers: {
                    /** @description Its address. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a1fa2a-7182-74c8-8f3e-e71cdc28badb",
                     *       "name": "Matinée",
                     *       "kind": "theatre",
                     *       "salesCloseAt": "2027-06-01T18:00:00.000Z",
                     *       "currency": "EUR",
                     *       "version": 1,
                     *       "createdAt": "2026-11-20T18:14:08.002Z",
                     *       "sections": [
                     *         {
                     *           "id": "01a1fa2a-7183-72bd-9111-9c74bc7aea6a",
                     *           "name": "Stalls",
                     *           "seating": "reserved",
                     *           "price": 1200,
                     *           "capacity": 12,
                     *           "remaining": 10,
                     *           "maxPerUser": 4,
                     *           "holdSeconds": 60,
                     *           "version": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Event"];
                };
            };
            /** @description The body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server that is needed is down. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEventsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id in the address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a1fa2a-7182-74c8-8f3e-e71cdc28badb",
                     *       "name": "Matinée",
                     *       "kind": "theatre",
                     *       "salesCloseAt": "2027-06-01T18:00:00.000Z",
                     *       "currency": "EUR",
                     *       "version": 1,
                     *       "createdAt": "2026-11-20T18:14:08.002Z",
                     *       "sections": [
                     *         {
                     *           "id": "01a1fa2a-7183-72bd-9111-9c74bc7aea6a",
                     *           "name": "Stalls",
                     *           "seating": "reserved",
                     *           "price": 1200,
                     *           "capacity": 12,
                     *           "remaining": 10,
                     *           "maxPerUser": 4,
                     *           "holdSeconds": 60,
                     *           "version": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Event"];
                };
            };
            /** @description A parameter is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such event. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server that is needed is down. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteEventsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id in the address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such event. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It has live bookings. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A lane did not answer in time, or a server is down; see Retry-After. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchEventsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id in the address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Matinée for children",
                 *       "salesCloseAt": null
                 *     }
                 */
                "application/json": components["schemas"]["ChangesOfEvent"];
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a1fa2a-7182-74c8-8f3e-e71cdc28badb",
                     *       "name": "Matinée",
                     *       "kind": "theatre",
                     *       "salesCloseAt": "2027-06-01T18:00:00.000Z",
                     *       "currency": "EUR",
                     *       "version": 1,
                     *       "createdAt": "2026-11-20T18:14:08.002Z",
                     *       "sections": [
                     *         {
                     *           "id": "01a1fa2a-7183-72bd-9111-9c74bc7aea6a",
                     *           "name": "Stalls",
                     *           "seating": "reserved",
                     *           "price": 1200,
                     *           "capacity": 12,
                     *           "remaining": 10,
                     *           "maxPerUser": 4,
                     *           "holdSeconds": 60,
                     *           "version": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Event"];
                };
            };
            /** @description The body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such event. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A lane did not answer in time, or a server is down; see Retry-After. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEventsByIdStats: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id in the address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a1fa2a-7182-74c8-8f3e-e71cdc28badb",
                     *       "name": "Matinée",
                     *       "currency": "EUR",
                     *       "capacity": 12,
                     *       "remaining": 10,
                     *       "held": 2,
                     *       "confirmed": 0,
                     *       "rejected": 1,
                     *       "revenue": 0,
                     *       "occupancy": 0.1667,
                     *       "version": 1,
                     *       "sections": [
                     *         {
                     *           "id": "01a1fa2a-7183-72bd-9111-9c74bc7aea6a",
                     *           "name": "Stalls",
                     *           "capacity": 12,
                     *           "remaining": 10,
                     *           "held": 2,
                     *           "confirmed": 0,
                     *           "rejected": 1,
                     *           "revenue": 0,
                     *           "occupancy": 0.1667,
                     *           "version": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["EventStats"];
                };
            };
            /** @description A parameter is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such event. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server that is needed is down. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEventsByIdStream: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `id` of the last event that the client has. */
                "last-event-id"?: string;
            };
            path: {
                /** @description The id in the address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream; it stays open. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The id is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such event. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many streams are open, or the database is down; see Retry-After. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchSectionsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id in the address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "price": 1000,
                 *       "maxPerUser": null
                 *     }
                 */
                "application/json": components["schemas"]["ChangesOfSection"];
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a1fa2a-7183-72bd-9111-9c74bc7aea6a",
                     *       "name": "Stalls",
                     *       "seating": "reserved",
                     *       "price": 1200,
                     *       "capacity": 12,
                     *       "remaining": 10,
                     *       "maxPerUser": 4,
                     *       "holdSeconds": 60,
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["Section"];
                };
            };
            /** @description The body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such section. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description More seats are sold than that, or the seats are numbered. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The lane did not answer in time, or a server is down; see Retry-After. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSectionsByIdSeats: {
        parameters: {
            query?: {
                /** @description Rows at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description Only seats with this status. */
                status?: "available" | "held" | "confirmed";
            };
            header?: never;
            path: {
                /** @description The id in the address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "label": "A-3",
                     *           "row": "A",
                     *           "number": 3,
                     *           "status": "held"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Seat"][];
                        /** @description Asks for the next page; null on the last one. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description A parameter is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such section. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Its seats have no numbers. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server that is needed is down. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSectionsByIdSeatMap: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id in the address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "sectionId": "01a1fa2a-7183-72bd-9111-9c74bc7aea6a",
                     *       "version": 1,
                     *       "rows": [
                     *         {
                     *           "row": "A",
                     *           "seats": "aahhaa"
                     *         },
                     *         {
                     *           "row": "B",
                     *           "seats": "aaaaaa"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SeatMap"];
                };
            };
            /** @description The same as the one with this `If-None-Match`. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such section. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Its seats have no numbers. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server that is needed is down. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUsers: {
        parameters: {
            query?: {
                /** @description Rows at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "01a1fa2a-71a6-765e-9b68-d53cfee00b14",
                     *           "name": "Ada",
                     *           "email": "ada@example.org",
                     *           "createdAt": "2026-11-20T18:14:08.040Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["User"][];
                        /** @description Asks for the next page; null on the last one. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description A parameter is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server that is needed is down. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Ada",
                 *       "email": "ada@example.org"
                 *     }
                 */
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            /** @description As the user was before. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a1fa2a-71a6-765e-9b68-d53cfee00b14",
                     *       "name": "Ada",
                     *       "email": "ada@example.org",
                     *       "createdAt": "2026-11-20T18:14:08.040Z"
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description As it was made. */
            201: {
                headers: {
                    /** @description Its address. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a1fa2a-71a6-765e-9b68-d53cfee00b14",
                     *       "name": "Ada",
                     *       "email": "ada@example.org",
                     *       "createdAt": "2026-11-20T18:14:08.040Z"
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description The body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server that is needed is down. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getUsersById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id in the address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a1fa2a-71a6-765e-9b68-d53cfee00b14",
                     *       "name": "Ada",
                     *       "email": "ada@example.org",
                     *       "createdAt": "2026-11-20T18:14:08.040Z"
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description A parameter is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such user. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server that is needed is down. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchUsersById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id in the address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Ada Lovelace"
                 *     }
                 */
                "application/json": components["schemas"]["ChangesOfUser"];
            };
        };
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a1fa2a-71a6-765e-9b68-d53cfee00b14",
                     *       "name": "Ada",
                     *       "email": "ada@example.org",
                     *       "createdAt": "2026-11-20T18:14:08.040Z"
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description The body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such user. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The e-mail address is another user’s. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server that is needed is down. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhooks: {
        parameters: {
            query?: {
                /** @description Rows at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "01a1fa2a-71d0-7b1e-9c3d-5f1f0f6a2b11",
                     *           "url": "https://partner.example/stile",
                     *           "types": [
                     *             "booking.held",
                     *             "booking.confirmed",
                     *             "booking.rejected",
                     *             "booking.cancelled",
                     *             "booking.expired"
                     *           ],
                     *           "enabled": true,
                     *           "createdAt": "2026-11-20T18:14:08.002Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Webhook"][];
                        /** @description Asks for the next page; null on the last one. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description A parameter is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server that is needed is down. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://partner.example/stile"
                 *     }
                 */
                "application/json": components["schemas"]["NewWebhook"];
            };
        };
        responses: {
            /** @description As it was made. */
            201: {
                headers: {
                    /** @description Its address. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a1fa2a-71d0-7b1e-9c3d-5f1f0f6a2b11",
                     *       "url": "https://partner.example/stile",
                     *       "types": [
                     *         "booking.held",
                     *         "booking.confirmed",
                     *         "booking.rejected",
                     *         "booking.cancelled",
                     *         "booking.expired"
                     *       ],
                     *       "enabled": true,
                     *       "createdAt": "2026-11-20T18:14:08.002Z",
                     *       "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD3tF8dGEVlhk="
                     *     }
                     */
                    "application/json": components["schemas"]["RegisteredWebhook"];
                };
            };
            /** @description The address is not valid, or not on the public internet. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There are as many as there can be. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server that is needed is down. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhooksById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id in the address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a1fa2a-71d0-7b1e-9c3d-5f1f0f6a2b11",
                     *       "url": "https://partner.example/stile",
                     *       "types": [
                     *         "booking.held",
                     *         "booking.confirmed",
                     *         "booking.rejected",
                     *         "booking.cancelled",
                     *         "booking.expired"
                     *       ],
                     *       "enabled": true,
                     *       "createdAt": "2026-11-20T18:14:08.002Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description A parameter is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such webhook. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server that is needed is down. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhooksById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id in the address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such webhook. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server that is needed is down. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWebhooksByIdEnable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id in the address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a1fa2a-71d0-7b1e-9c3d-5f1f0f6a2b11",
                     *       "url": "https://partner.example/stile",
                     *       "types": [
                     *         "booking.held",
                     *         "booking.confirmed",
                     *         "booking.rejected",
                     *         "booking.cancelled",
                     *         "booking.expired"
                     *       ],
                     *       "enabled": true,
                     *       "createdAt": "2026-11-20T18:14:08.002Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description A parameter is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such webhook. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server that is needed is down. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhooksByIdDeliveries: {
        parameters: {
            query?: {
                /** @description Rows at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The id in the address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "42",
                     *           "messageId": "msg_01a1fa2a-7183-72bd-9111-9c74bc7aea6a-7",
                     *           "type": "booking.confirmed",
                     *           "bookingId": "01a1fa2a-71c3-700c-8001-0000f9b7cdf8",
                     *           "state": "delivered",
                     *           "attempts": 1,
                     *           "statusCode": 204,
                     *           "attemptedAt": "2026-11-20T18:14:08.214Z",
                     *           "deliveredAt": "2026-11-20T18:14:08.214Z",
                     *           "createdAt": "2026-11-20T18:14:08.119Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Delivery"][];
                        /** @description Asks for the next page; null on the last one. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description A parameter is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such webhook. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server that is needed is down. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWebhooksByIdDeliveriesByDeliveryIdReplay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id in the address. */
                id: string;
                /** @description Its number in the log. */
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is queued. */
            202: {
                headers: {
                    /** @description Its address. */
                    Location?: string;
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "42",
                     *       "messageId": "msg_01a1fa2a-7183-72bd-9111-9c74bc7aea6a-7",
                     *       "type": "booking.confirmed",
                     *       "bookingId": "01a1fa2a-71c3-700c-8001-0000f9b7cdf8",
                     *       "state": "delivered",
                     *       "attempts": 1,
                     *       "statusCode": 204,
                     *       "attemptedAt": "2026-11-20T18:14:08.214Z",
                     *       "deliveredAt": "2026-11-20T18:14:08.214Z",
                     *       "createdAt": "2026-11-20T18:14:08.119Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description A parameter is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such webhook or delivery. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server that is needed is down. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWebhooksByIdReplay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id in the address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "from": "2026-11-20T18:00:00.000Z"
                 *     }
                 */
                "application/json": components["schemas"]["Replay"];
            };
        };
        responses: {
            /** @description It has begun. */
            202: {
                headers: {
                    /** @description Its address. */
                    Location?: string;
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-11-20T18:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ReplayBegun"];
                };
            };
            /** @description The body is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such webhook. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server that is needed is down. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBookings: {
        parameters: {
            query?: {
                /** @description Rows at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description Only bookings of this event. */
                eventId?: string;
                /** @description Only bookings of this section. */
                sectionId?: string;
                /** @description Only bookings of this user. */
                userId?: string;
                /** @description Only bookings with this status. */
                status?: "held" | "confirmed" | "rejected" | "expired" | "cancelled";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "01a1fa2a-71c3-700c-8001-0000f9b7cdf8",
                     *           "status": "held",
                     *           "eventId": "01a1fa2a-7182-74c8-8f3e-e71cdc28badb",
                     *           "sectionId": "01a1fa2a-7183-72bd-9111-9c74bc7aea6a",
                     *           "userId": "01a1fa2a-71a6-765e-9b68-d53cfee00b14",
                     *           "quantity": 2,
                     *           "seats": [
                     *             "A-3",
                     *             "A-4"
                     *           ],
                     *           "adjacent": true,
                     *           "price": 2400,
                     *           "sequence": 1,
                     *           "acceptedAt": "2026-11-20T18:14:08.075Z",
                     *           "decidedAt": "2026-11-20T18:14:08.081Z",
                     *           "expiresAt": "2026-11-20T18:15:08.081Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Booking"][];
                        /** @description Asks for the next page; null on the last one. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description A parameter is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server that is needed is down. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postBookings: {
        parameters: {
            query?: {
                /** @description Seconds to wait for the outcome. */
                wait?: number;
            };
            header?: {
                /** @description `wait=N` (RFC 7240), at most 30 s. */
                prefer?: string;
                /** @description The same key and body return the same booking, for a day at least. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "sectionId": "01a1fa2a-7183-72bd-9111-9c74bc7aea6a",
                 *       "quantity": 2,
                 *       "userId": "01a1fa2a-71a6-765e-9b68-d53cfee00b14",
                 *       "hold": true
                 *     }
                 */
                "application/json": components["schemas"]["NewBooking"];
            };
        };
        responses: {
            /** @description The seats are booked, or held until `expiresAt`. */
            201: {
                headers: {
                    /** @description Its address. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a1fa2a-71c3-700c-8001-0000f9b7cdf8",
                     *       "status": "held",
                     *       "eventId": "01a1fa2a-7182-74c8-8f3e-e71cdc28badb",
                     *       "sectionId": "01a1fa2a-7183-72bd-9111-9c74bc7aea6a",
                     *       "userId": "01a1fa2a-71a6-765e-9b68-d53cfee00b14",
                     *       "quantity": 2,
                     *       "seats": [
                     *         "A-3",
                     *         "A-4"
                     *       ],
                     *       "adjacent": true,
                     *       "price": 2400,
                     *       "sequence": 1,
                     *       "acceptedAt": "2026-11-20T18:14:08.075Z",
                     *       "decidedAt": "2026-11-20T18:14:08.081Z",
                     *       "expiresAt": "2026-11-20T18:15:08.081Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Booking"];
                };
            };
            /** @description It is queued: poll the address in Location after Retry-After. */
            202: {
                headers: {
                    /** @description Its address. */
                    Location?: string;
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a1fa2a-71c3-700c-8001-0000f9b7cdf8",
                     *       "status": "queued",
                     *       "eventId": "01a1fa2a-7182-74c8-8f3e-e71cdc28badb",
                     *       "sectionId": "01a1fa2a-7183-72bd-9111-9c74bc7aea6a",
                     *       "userId": "01a1fa2a-71a6-765e-9b68-d53cfee00b14",
                     *       "quantity": 2,
                     *       "price": 2400,
                     *       "acceptedAt": "2026-11-20T18:14:08.075Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Booking"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such section or user. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The booking was decided against; `bookingId` names it. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The idempotency key stands for another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests wait, or a server is down; see Retry-After. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getBookingsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id in the address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a1fa2a-71c3-700c-8001-0000f9b7cdf8",
                     *       "status": "held",
                     *       "eventId": "01a1fa2a-7182-74c8-8f3e-e71cdc28badb",
                     *       "sectionId": "01a1fa2a-7183-72bd-9111-9c74bc7aea6a",
                     *       "userId": "01a1fa2a-71a6-765e-9b68-d53cfee00b14",
                     *       "quantity": 2,
                     *       "seats": [
                     *         "A-3",
                     *         "A-4"
                     *       ],
                     *       "adjacent": true,
                     *       "price": 2400,
                     *       "sequence": 1,
                     *       "acceptedAt": "2026-11-20T18:14:08.075Z",
                     *       "decidedAt": "2026-11-20T18:14:08.081Z",
                     *       "expiresAt": "2026-11-20T18:15:08.081Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Booking"];
                };
            };
            /** @description A parameter is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Neither the database nor the queue knows it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server that is needed is down. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteBookingsById: {
        parameters: {
            query?: never;
            header?: {
                /** @description `respond-async` (RFC 7240) answers 202. */
                prefer?: string;
            };
            path: {
                /** @description The id in the address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is queued. */
            202: {
                headers: {
                    /** @description Its address. */
                    Location?: string;
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a1fa2a-71c3-700c-8001-0000f9b7cdf8",
                     *       "status": "queued"
                     *     }
                     */
                    "application/json": components["schemas"]["Queued"];
                };
            };
            /** @description It is cancelled. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such booking. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It was rejected or has expired. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The lane did not answer in time, or a server is down; see Retry-After. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postBookingsByIdConfirm: {
        parameters: {
            query?: never;
            header?: {
                /** @description `respond-async` (RFC 7240) answers 202. */
                prefer?: string;
            };
            path: {
                /** @description The id in the address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a1fa2a-71c3-700c-8001-0000f9b7cdf8",
                     *       "status": "held",
                     *       "eventId": "01a1fa2a-7182-74c8-8f3e-e71cdc28badb",
                     *       "sectionId": "01a1fa2a-7183-72bd-9111-9c74bc7aea6a",
                     *       "userId": "01a1fa2a-71a6-765e-9b68-d53cfee00b14",
                     *       "quantity": 2,
                     *       "seats": [
                     *         "A-3",
                     *         "A-4"
                     *       ],
                     *       "adjacent": true,
                     *       "price": 2400,
                     *       "sequence": 1,
                     *       "acceptedAt": "2026-11-20T18:14:08.075Z",
                     *       "decidedAt": "2026-11-20T18:14:08.081Z",
                     *       "expiresAt": "2026-11-20T18:15:08.081Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Booking"];
                };
            };
            /** @description It is queued. */
            202: {
                headers: {
                    /** @description Its address. */
                    Location?: string;
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a1fa2a-71c3-700c-8001-0000f9b7cdf8",
                     *       "status": "queued"
                     *     }
                     */
                    "application/json": components["schemas"]["Queued"];
                };
            };
            /** @description A parameter is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such booking. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Its hold is over, or it is not held. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The lane did not answer in time, or a server is down; see Retry-After. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHealthLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "live"
                     *     }
                     */
                    "application/json": components["schemas"]["Liveness"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The answer. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "stopping"
                     *     }
                     */
                    "application/json": components["schemas"]["Stopping"];
                };
            };
        };
    };
    getHealthReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is ready. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready",
                     *       "database": "up",
                     *       "queue": "up",
                     *       "outcomes": "up",
                     *       "lanesWithoutOwner": []
                     *     }
                     */
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is not; what is down says why. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready",
                     *       "database": "up",
                     *       "queue": "up",
                     *       "outcomes": "up",
                     *       "lanesWithoutOwner": []
                     *     }
                     */
                    "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description docs/observability.md explains each. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example stile_pool_connections{pool="api",state="idle"} 2 */
                    "text/plain": string;
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server that is needed is down. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProblemsByCode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The last part of its type.
                 * @example sold-out
                 */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/problems/sold-out",
                     *       "status": 409,
                     *       "title": "Not enough seats are left"
                     *     }
                     */
                    "application/json": components["schemas"]["ProblemType"];
                };
            };
            /** @description A parameter is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such problem. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server that is needed is down. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpsOverview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "at": "2026-11-20T18:14:10.000Z",
                     *       "windowSeconds": 1,
                     *       "lanes": [
                     *         {
                     *           "lane": 0,
                     *           "owner": "worker-1:4711",
                     *           "epoch": 1,
                     *           "backlogJobs": 0,
                     *           "backlogRequests": 0,
                     *           "decidedPerSecond": 1,
                     *           "batchSize": 1,
                     *           "waitP50Ms": 6,
                     *           "waitP99Ms": 6
                     *         }
                     *       ],
                     *       "seconds": [
                     *         {
                     *           "at": "2026-11-20T18:14:08.000Z",
                     *           "held": 1,
                     *           "confirmed": 0,
                     *           "rejected": 0,
                     *           "expired": 0,
                     *           "cancelled": 0,
                     *           "changed": 0
                     *         }
                     *       ],
                     *       "hottest": [
                     *         {
                     *           "id": "01a1fa2a-7183-72bd-9111-9c74bc7aea6a",
                     *           "name": "Stalls",
                     *           "eventId": "01a1fa2a-7182-74c8-8f3e-e71cdc28badb",
                     *           "eventName": "Matinée",
                     *           "lane": 0,
                     *           "capacity": 12,
                     *           "remaining": 10,
                     *           "decidedPerSecond": 1
                     *         }
                     *       ],
                     *       "demoSale": true
                     *     }
                     */
                    "application/json": components["schemas"]["Overview"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server is down; see Retry-After. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpsBookingsById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id in the address. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "booking": {
                     *         "id": "01a1fa2a-71c3-700c-8001-0000f9b7cdf8",
                     *         "status": "held",
                     *         "eventId": "01a1fa2a-7182-74c8-8f3e-e71cdc28badb",
                     *         "sectionId": "01a1fa2a-7183-72bd-9111-9c74bc7aea6a",
                     *         "userId": "01a1fa2a-71a6-765e-9b68-d53cfee00b14",
                     *         "quantity": 2,
                     *         "seats": [
                     *           "A-3",
                     *           "A-4"
                     *         ],
                     *         "adjacent": true,
                     *         "price": 2400,
                     *         "sequence": 1,
                     *         "acceptedAt": "2026-11-20T18:14:08.075Z",
                     *         "decidedAt": "2026-11-20T18:14:08.081Z",
                     *         "expiresAt": "2026-11-20T18:15:08.081Z"
                     *       },
                     *       "eventName": "Matinée",
                     *       "sectionName": "Stalls",
                     *       "lane": 0,
                     *       "queueName": "lane-0",
                     *       "jobId": "01a1fa2a-71c3-700c-8001-000000000000",
                     *       "apiProcess": 1,
                     *       "jobMadeAt": "2026-11-20T18:14:08.067Z",
                     *       "ledger": [
                     *         {
                     *           "sequence": 1,
                     *           "command": "book",
                     *           "outcome": "held",
                     *           "quantity": 2,
                     *           "seats": [
                     *             "A-3",
                     *             "A-4"
                     *           ],
                     *           "remaining": 10,
                     *           "expiresAt": "2026-11-20T18:15:08.081Z",
                     *           "acceptedAt": "2026-11-20T18:14:08.075Z",
                     *           "decidedAt": "2026-11-20T18:14:08.081Z",
                     *           "waitMs": 6,
                     *           "batchSize": 1,
                     *           "placeInBatch": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Story"];
                };
            };
            /** @description A parameter is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Neither the database nor the queue knows it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server is down; see Retry-After. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postOpsDemoSale: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a1fa2a-7182-74c8-8f3e-e71cdc28badb",
                     *       "name": "Matinée",
                     *       "kind": "theatre",
                     *       "salesCloseAt": "2027-06-01T18:00:00.000Z",
                     *       "currency": "EUR",
                     *       "version": 1,
                     *       "createdAt": "2026-11-20T18:14:08.002Z",
                     *       "sections": [
                     *         {
                     *           "id": "01a1fa2a-7183-72bd-9111-9c74bc7aea6a",
                     *           "name": "Stalls",
                     *           "seating": "reserved",
                     *           "price": 1200,
                     *           "capacity": 12,
                     *           "remaining": 10,
                     *           "maxPerUser": 4,
                     *           "holdSeconds": 60,
                     *           "version": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Event"];
                };
            };
            /** @description It is queued. */
            202: {
                headers: {
                    /** @description Its address. */
                    Location?: string;
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a1fa2a-7182-74c8-8f3e-e71cdc28badb",
                     *       "name": "Matinée",
                     *       "kind": "theatre",
                     *       "salesCloseAt": "2027-06-01T18:00:00.000Z",
                     *       "currency": "EUR",
                     *       "version": 1,
                     *       "createdAt": "2026-11-20T18:14:08.002Z",
                     *       "sections": [
                     *         {
                     *           "id": "01a1fa2a-7183-72bd-9111-9c74bc7aea6a",
                     *           "name": "Stalls",
                     *           "seating": "reserved",
                     *           "price": 1200,
                     *           "capacity": 12,
                     *           "remaining": 10,
                     *           "maxPerUser": 4,
                     *           "holdSeconds": 60,
                     *           "version": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Event"];
                };
            };
            /** @description The credential is missing or not valid. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The credential does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests of one caller or address; see Retry-After. */
            429: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A fault of the server; the log has it under `instance`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A server is down; see Retry-After. */
            503: {
                headers: {
                    /** @description Seconds to let pass before asking again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
