import {ProblemError} from '../core/problem.ts';

/** A mapping as YAML or JSON gives it, nothing known about its values. */
export type RawRecord = Readonly<Record<string, unknown>>;

/**
 * The root mapping of a kubeconfig's text; an empty file is an empty mapping, as in kubectl. Integers arrive as bigint, so that a
 * numeric token keeps all its digits. Rejects with a config Problem that names file and line.
 */
export async function parseKubeconfigText(text: string, file: string): Promise<RawRecord> {
	const {parseAllDocuments} = await import('./yaml-library.ts');
	// Like kubectl: the first document counts, a key given twice is no error, `<<` merges.
	const documents = parseAllDocuments(text, {merge: true, uniqueKeys: false, intAsBigInt: true, logLevel: 'silent', prettyErrors: true});
	const document = Array.isArray(documents) ? documents[0] : undefined;
	if (document === undefined) return {};
	const error = document.errors[0];
	if (error !== undefined) {
		const line = error.linePos?.[0].line;
		throw kubeconfigProblem(file, `${line === undefined ? '' : `line ${line}: `}${error.message.split(/ at line|\n/)[0]}`);
	}
	const root: unknown = document.toJS({maxAliasCount: 1000});
	if (root === null || root === undefined) return {};
	if (!isRecord(root)) throw kubeconfigProblem(file, 'the file is not a mapping of clusters, users and contexts');
	const kind = root['kind'];
	if (kind !== undefined && kind !== null && kind !== '' && kind !== 'Config')
		throw kubeconfigProblem(file, `the file holds a ${textOf(kind) ?? 'nested value'}, not a Config`);
	return root;
}

/** A Problem about one kubeconfig file. */
export function kubeconfigProblem(file: string, cause: string, remedy = 'Correct the file, or name another one with --kubeconfig.'): ProblemError {
	return new ProblemError({code: 'config', what: `Could not use the kubeconfig ${file}`, cause, remedy});
}

export function isRecord(value: unknown): value is RawRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Any scalar as text, as kubectl's YAML reader gives it to a text field; undefined for lists and mappings. */
function textOf(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : undefined;
}

/** Reads typed fields out of one mapping; a value of the wrong sort is a Problem that names file and field. */
export type FieldReader = Readonly<{
	/** undefined where absent, null or empty. */
	text(key: string): string | undefined;
	flag(key: string): boolean;
	texts(key: string): readonly string[];
	textMap(key: string): Readonly<Record<string, string>>;
	record(key: string): FieldReader | undefined;
	records(key: string): readonly FieldReader[];
	/** The value as JSON: big integers as numbers. */
	json(key: string): unknown;
}>;

/** A reader of `value` for messages about `file`; `path` names the mapping: `users[0].user`. */
export function readFields(value: RawRecord, file: string, path = ''): FieldReader {
	const fail = (key: string, wanted: string) => kubeconfigProblem(file, `${path}${key} is not ${wanted}`);
	const inner = (key: string, found: unknown) => {
		if (!isRecord(found)) throw fail(key, 'a mapping');
		return readFields(found, file, `${path}${key}.`);
	};
	const list = (key: string): readonly unknown[] => {
		const found = value[key] ?? [];
		if (!Array.isArray(found)) throw fail(key, 'a list');
		return found;
	};
	const asText = (key: string, found: unknown) => {
		const text = textOf(found);
		if (text === undefined) throw fail(key, 'text');
		return text;
	};
	return {
		text: key => asText(key, value[key] ?? '') || undefined,
		flag: key => {
			const text = asText(key, value[key] ?? false).toLowerCase();
			if (!/^(?:true|false|yes|no|on|off|y|n)$/.test(text)) throw fail(key, 'true or false');
			return /^(?:true|yes|on|y)$/.test(text);
		},
		texts: key => list(key).map((found, index) => asText(`${key}[${index}]`, found)),
		textMap: key => {
			const found = value[key] ?? {};
			if (!isRecord(found)) throw fail(key, 'a mapping');
			return Object.fromEntries(Object.entries(found).map(([name, one]) => [name, asText(`${key}.${name}`, one ?? '')]));
		},
		record: key => (value[key] === undefined || value[key] === null ? undefined : inner(key, value[key])),
		records: key => list(key).map((found, index) => inner(`${key}[${index}]`, found)),
		json: key => toJson(value[key]),
	};
}

function toJson(value: unknown): unknown {
	if (typeof value === 'bigint') return Number(value);
	if (Array.isArray(value)) return value.map(toJson);
	return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, toJson(one)])) : value;
}
