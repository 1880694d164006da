/** What the program may send: read (GET and questions), probe (plus the network probes), write. */
export const policyLevels = ['read', 'probe', 'write'] as const;
export type PolicyLevel = (typeof policyLevels)[number];

/** Does `level` let through no more than `most`? */
export function isWithin(level: PolicyLevel, most: PolicyLevel): boolean {
	return policyLevels.indexOf(level) <= policyLevels.indexOf(most);
}

/** As row 1 shows it. */
export const policyLabels: Readonly<Record<PolicyLevel, string>> = {read: 'READ-ONLY', probe: 'PROBE', write: 'WRITE'};
