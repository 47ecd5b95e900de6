import { formatSeats } from '../layout/format.js';

/** Who the seats are for. */
export interface Buyer {
  readonly name: string;
  readonly email: string;
}

/** Name and address of the buyer, where the section has a limit for each. */
export function BuyerFields({
  buyer,
  max,
  onChange,
}: {
  readonly buyer: Buyer;
  readonly max: number;
  readonly onChange: (buyer: Buyer) => void;
}) {
  return (
    <fieldset className="buyer">
      <legend>At most {formatSeats(max)} for each person, so say who you are</legend>
      <label>
        Name
        <input
          required
          maxLength={200}
          autoComplete="name"
          value={buyer.name}
          onChange={({ target }) => onChange({ ...buyer, name: target.value })}
        />
      </label>
      <label>
        E-mail
        <input
          required
          type="email"
          maxLength={254}
          autoComplete="email"
          value={buyer.email}
          onChange={({ target }) => onChange({ ...buyer, email: target.value })}
        />
      </label>
    </fieldset>
  );
}
