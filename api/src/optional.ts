/** A member that is left out when there is nothing to say. */
export const optional = <Name extends string, Value>(
  name: Name,
  value: Value | null | undefined,
): { [K in Name]?: Value } =>
  (value === null || value === undefined ? {} : { [name]: value }) as { [K in Name]?: Value };
