/** A booking as a client is told of it. */
export type ToldStatus = 'queued' | 'held' | 'confirmed' | 'rejected' | 'expired' | 'cancelled';

/** One thing that a client was told of its booking. */
export interface Observation {
  readonly sentMs: number;
  readonly heardMs: number;
  readonly bookingId: string;
  /** `missing`: a 404. */
  readonly status: ToldStatus | 'missing';
  readonly reason?: string | undefined;
  /** The decision's number in its section. */
  readonly sequence?: number | undefined;
  readonly seats?: readonly string[] | undefined;
}

/** One client's request to book and all that it was told of it, in the order in which it heard. */
export interface RequestHistory {
  readonly sectionId: string;
  readonly quantity: number;
  readonly key?: string | undefined;
  /** When it was sent for the first time. */
  readonly sentMs: number;
  readonly observations: Observation[];
  /** Requests to book that were sent without a key and whose fate the client never learnt. */
  unanswered: number;
  /** Its client asked to cancel it; it may be so though no answer said that. */
  cancelAsked: boolean;
}

/** An answer that a client should never get. */
export interface WrongAnswer {
  readonly request: string;
  readonly status: number;
  readonly body: string;
}

/** What a request is counted under whose connection was refused, broke, or took too long. */
export const noAnswer = 'no answer';

/** What all clients of a run did and were told. */
export class History {
  readonly requests: RequestHistory[] = [];
  readonly wrongAnswers: WrongAnswer[] = [];
  /** HTTP requests that were answered, by what with: `201`, `503`, `no answer`. */
  readonly answers = new Map<string, number>();

  /** HTTP requests that were answered. */
  get answered(): number {
    const all = [...this.answers.values()].reduce((sum, count) => sum + count, 0);
    return all - (this.answers.get(noAnswer) ?? 0);
  }

  open(request: Pick<RequestHistory, 'sectionId' | 'quantity' | 'key' | 'sentMs'>): RequestHistory {
    const opened = { ...request, observations: [], unanswered: 0, cancelAsked: false };
    this.requests.push(opened);
    return opened;
  }

  count(answer: string): void {
    this.answers.set(answer, (this.answers.get(answer) ?? 0) + 1);
  }
}

/** When its client first heard that it was accepted; undefined when it never did. */
export const acceptedMs = ({ observations }: RequestHistory): number | undefined =>
  observations.find(({ status }) => status !== 'missing')?.heardMs;
