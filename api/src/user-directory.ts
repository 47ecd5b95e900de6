import { type Database, findUser } from '@stile/db';
import { LRUCache } from 'lru-cache';
import { type Caller, type Owned, owns } from './access/caller.js';
import { unknownUser } from './problems.js';

const usersMax = 50_000;

/** Knows which users there are and whose, without asking the database twice: users are never deleted. */
export class UserDirectory {
  readonly #known: LRUCache<string, Owned>;

  constructor(db: Database) {
    this.#known = new LRUCache<string, Owned>({
      max: usersMax,
      // Evicted while it is looked up, a user is found all the same.
      ignoreFetchAbort: true,
      fetchMethod: async (id: string) => {
        const user = await findUser(db, id);
        return user && { caller: user.caller };
      },
    });
  }

  /** Throws a 404 when there is no such user, or it is another caller's. */
  async mustExist(id: string, caller: Caller): Promise<void> {
    const user = this.#known.get(id) ?? (await this.#known.fetch(id));
    if (user === undefined || !owns(caller, user)) throw unknownUser(id);
  }
}
