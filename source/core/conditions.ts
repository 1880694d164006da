/** A condition of an object's status (metav1.Condition and its older cousins). */
export type Condition = Readonly<{
	type: string;
	status: string;
	reason?: string;
	message?: string;
	lastTransitionTime?: string;
	lastUpdateTime?: string;
	lastHeartbeatTime?: string;
	lastProbeTime?: string;
}>;

/** The condition of that type, if the object has it. */
export function conditionOf(conditions: readonly Condition[] | undefined, type: string): Condition | undefined {
	return conditions?.find(condition => condition.type === type);
}

/** Has the condition this status (`True`, `False`, `Unknown`)? A missing condition has none. */
export function conditionIs(conditions: readonly Condition[] | undefined, type: string, status: 'True' | 'False' | 'Unknown'): boolean {
	return conditionOf(conditions, type)?.status === status;
}
