import type {Condition} from '../conditions.ts';
import {fieldsOf, listAt, numberAt, textAt} from '../field.ts';
import {timestamp} from '../timestamp.ts';

/** A condition as the Gateway API writes it: with the generation that it speaks of. */
export type GatewayCondition = Condition & Readonly<{observedGeneration?: number}>;

/** The conditions under `conditions` of a status, a listener or a parent. */
export function conditionsOf(value: unknown): readonly GatewayCondition[] {
	return listAt(value, 'conditions').map(one => {
		const generation = numberAt(one, 'observedGeneration');
		const text = (key: string): string => textAt(one, key) ?? '';
		return {
			type: text('type'),
			status: text('status'),
			reason: text('reason'),
			message: text('message'),
			lastTransitionTime: text('lastTransitionTime'),
			...(generation === undefined ? {} : {observedGeneration: generation}),
		};
	});
}

/** Is it False, and about the object as it is now? An older generation has not been looked at yet. */
export function isRefused(condition: GatewayCondition, generation: number | undefined): boolean {
	const {observedGeneration} = condition;
	return condition.status === 'False' && (observedGeneration === undefined || generation === undefined || observedGeneration >= generation);
}

/** `NotAllowedByListeners: no listener admits routes of shop`. */
export function conditionText({reason, message}: Condition): string {
	return [reason, message].filter(text => text !== undefined && text !== '').join(': ') || 'no reason given';
}

/** Since when it is so. */
export function conditionSince({lastTransitionTime}: Condition): Readonly<{since?: number}> {
	const since = timestamp(lastTransitionTime);
	return since === undefined ? {} : {since};
}

/** A status that holds anything at all. */
export function hasStatus(object: unknown): boolean {
	return Object.keys(fieldsOf(fieldsOf(object)['status'])).length > 0;
}
