import {isRecord, type Json, listAt} from './json.ts';

type Step = (values: readonly Json[]) => readonly Json[];

function child(name: string): Step {
	return values => values.flatMap(value => (isRecord(value) && value[name] !== undefined ? [value[name]] : []));
}

/** `*`, an index, or `?(@.type=="Ready")`. */
function bracket(inner: string): Step {
	if (inner === '*') return values => values.flatMap(value => (isRecord(value) ? Object.values(value).filter(entry => entry !== undefined) : listAt(value)));
	if (/^-?\d+$/u.test(inner)) {
		return values =>
			values.flatMap(value => {
				const entry = listAt(value).at(Number(inner));
				return entry === undefined ? [] : [entry];
			});
	}
	const filter = /^\?\(@\.([\w.-]+)\s*==\s*["'](.*)["']\)$/u.exec(inner);
	if (filter === null) return child(inner.replaceAll(/^["']|["']$/gu, ''));
	const [, path = '', wanted] = filter;
	return values => values.flatMap(value => listAt(value).filter(entry => jsonPath(entry, `.${path}`)[0] === wanted));
}

/** The values a path of the kind used in additionalPrinterColumns names: `.spec.host`, `.status.conditions[?(@.type=="Ready")].status`, `.a[*].b`. */
export function jsonPath(root: Json, path: string): readonly Json[] {
	let values: readonly Json[] = [root];
	for (const match of path.matchAll(/\.((?:[\w-]|\\\.)+)|\[((?:[^\]"']|"[^"]*"|'[^']*')+)\]/gu)) {
		const step = match[1] === undefined ? bracket(match[2] ?? '') : child(match[1].replaceAll('\\.', '.'));
		values = step(values);
	}
	return values;
}
