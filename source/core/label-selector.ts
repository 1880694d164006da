import {fieldAt, listAt, textAt, textPairsAt} from './field.ts';

const words: Readonly<Record<string, string>> = {In: 'in', NotIn: 'notin'};

/**
 * A LabelSelector object (`matchLabels`, `matchExpressions`) as the text the API takes in `labelSelector`:
 * `app=web,tier in (a,b),!old`. An empty selector, which selects everything, is ''; undefined when there is none.
 */
export function labelSelectorText(selector: unknown): string | undefined {
	if (typeof selector !== 'object' || selector === null) return undefined;
	const equal = labelsText(fieldAt(selector, 'matchLabels'));
	const expressions = listAt(selector, 'matchExpressions').map(expressionText);
	return [equal, ...expressions].filter(part => part !== '').join(',');
}

/** A plain map of labels (a Service's `spec.selector`) as selector text: `app=web,tier=db`. */
export function labelsText(labels: unknown): string {
	return textPairsAt({labels}, 'labels')
		.map(([key, value]) => `${key}=${value}`)
		.join(',');
}

function expressionText(expression: unknown): string {
	const key = textAt(expression, 'key') ?? '';
	const operator = textAt(expression, 'operator') ?? '';
	if (operator === 'Exists') return key;
	if (operator === 'DoesNotExist') return `!${key}`;
	return `${key} ${words[operator] ?? operator} (${listAt(expression, 'values').map(String).join(',')})`;
}

/** Does a LabelSelector object select these labels? An empty selector selects everything, a missing one nothing (apimachinery LabelSelectorAsSelector). */
export function selectorMatches(selector: unknown, labels: Readonly<Record<string, string>>): boolean {
	if (typeof selector !== 'object' || selector === null) return false;
	return (
		labelsMatch(fieldAt(selector, 'matchLabels'), labels) && listAt(selector, 'matchExpressions').every(expression => expressionMatches(expression, labels))
	);
}

/** Has every label of the plain map this value? */
export function labelsMatch(wanted: unknown, labels: Readonly<Record<string, string>>): boolean {
	return textPairsAt({wanted}, 'wanted').every(([key, value]) => labels[key] === value);
}

function expressionMatches(expression: unknown, labels: Readonly<Record<string, string>>): boolean {
	const value = labels[textAt(expression, 'key') ?? ''];
	const values = listAt(expression, 'values');
	switch (textAt(expression, 'operator')) {
		case 'In':
			return value !== undefined && values.includes(value);
		case 'NotIn':
			return value === undefined || !values.includes(value);
		case 'Exists':
			return value !== undefined;
		case 'DoesNotExist':
			return value === undefined;
		default:
			return false;
	}
}
