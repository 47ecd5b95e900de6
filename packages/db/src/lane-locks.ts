/**
 * The classes of the two-key advisory locks by which workers own lanes; "stil" and "lane" in
 * ASCII. (member, 0) is held shared by every live worker, (lane, n) by the owner of lane n.
 */
export const laneLocks = { memberClass: 0x7374696c, laneClass: 0x6c616e65 } as const;

/** The channel on which workers tell each other that lanes may have to change hands. */
export const laneChannel = 'stile_lanes';
