import {type KubeEvent, eventCount, eventFirstTime, eventObject, eventSource, eventTime} from '../../core/event-facts.ts';
import {still, timeText, wrap} from '../fit.ts';
import {fact, type Summarize} from './summary.ts';

/** Of an event: what it says, in full, about what, when, how often and by whom. */
export const summarizeEvent: Summarize = ({object, setting}) => {
	// The registry calls this for v1 Events only.
	const event = object as KubeEvent;
	const count = eventCount(event);
	const message = (event.message ?? '').trim();
	return {
		facts: [
			...fact('Type', event.type, event.type === 'Warning' ? {tone: 'warning'} : {}),
			...fact('Reason', event.reason),
			...fact('Object', eventObject(event)),
			...fact('Part', event.involvedObject?.fieldPath),
			...fact('Last', timeText(eventTime(event), setting)),
			...(count > 1 ? [...fact('First', timeText(eventFirstTime(event), setting)), ...fact('Count', `x${count}`)] : []),
			...fact('From', eventSource(event)),
		],
		blocks: message === '' ? [] : [{title: 'MESSAGE', lines: wrap(message, setting.body.columns - 4).map(text => still(`  ${text}`))}],
	};
};
