/** What the program may send: read (GET and questions), probe (plus the network probes), write. */
export const policyLevels = ['read', 'probe', 'write'] as const;
export type PolicyLevel = (typeof policyLevels)[number];

/** As row 1 shows it. */
export const policyLabels: Readonly<Record<PolicyLevel, string>> = {read: 'READ-ONLY', probe: 'PROBE', write: 'WRITE'};
