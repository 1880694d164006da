import {isEqual, isRecord, type Json, listAt, recordsAt, textAt} from './json.ts';
import {invalid} from './status-error.ts';

type Edit = (parent: Json | undefined, key: string) => Json;

function refuse(message: string): never {
	throw invalid({group: '', kind: 'Patch'}, '', {reason: 'FieldValueInvalid', message, field: 'patch'});
}

function tokensOf(pointer: string): readonly string[] {
	if (pointer === '') return [];
	if (!pointer.startsWith('/')) refuse(`path ${pointer} does not start with a slash`);
	return pointer
		.slice(1)
		.split('/')
		.map(token => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function valueAt(root: Json, tokens: readonly string[]): Json {
	let current: Json | undefined = root;
	for (const token of tokens) current = isRecord(current) ? current[token] : listAt({list: current}, 'list')[Number(token)];
	if (current === undefined) return refuse(`nothing at /${tokens.join('/')}`);
	return current;
}

/** The root with the parent of the last token replaced by what `edit` makes of it. */
function edited(root: Json | undefined, tokens: readonly string[], edit: Edit): Json {
	const [token, ...rest] = tokens;
	if (token === undefined) return refuse('the whole object cannot be replaced');
	if (rest.length === 0) return edit(root, token);
	if (isRecord(root)) return {...root, [token]: edited(root[token], rest, edit)};
	if (Array.isArray(root)) return root.with(Number(token), edited(root[Number(token)], rest, edit));
	return refuse(`nothing at ${token}`);
}

const remove: Edit = (parent, key) => {
	if (Array.isArray(parent)) return parent.toSpliced(Number(key), 1);
	if (!isRecord(parent) || parent[key] === undefined) return refuse(`cannot remove ${key}: it is not there`);
	return Object.fromEntries(Object.entries(parent).filter(([name]) => name !== key));
};

function add(value: Json): Edit {
	return (parent, key) => {
		if (Array.isArray(parent)) return parent.toSpliced(key === '-' ? parent.length : Number(key), 0, value);
		return isRecord(parent) ? {...parent, [key]: value} : refuse(`cannot add ${key}: its parent is not there`);
	};
}

function replace(value: Json): Edit {
	return (parent, key) => (Array.isArray(parent) ? parent.with(Number(key), value) : add(value)(parent, key));
}

function applied(root: Json, operation: Json): Json {
	const tokens = tokensOf(textAt(operation, 'path'));
	const value = isRecord(operation) ? (operation['value'] ?? null) : null;
	switch (textAt(operation, 'op')) {
		case 'add':
			return edited(root, tokens, add(value));
		case 'replace':
			return edited(root, tokens, replace(value));
		case 'remove':
			return edited(root, tokens, remove);
		case 'test':
			return isEqual(valueAt(root, tokens), value) ? root : refuse(`testing value /${tokens.join('/')} failed`);
		case 'copy':
			return edited(root, tokens, add(valueAt(root, tokensOf(textAt(operation, 'from')))));
		case 'move': {
			const from = tokensOf(textAt(operation, 'from'));
			return edited(edited(root, from, remove), tokens, add(valueAt(root, from)));
		}
		default:
			return refuse(`unknown operation ${textAt(operation, 'op')}`);
	}
}

/** RFC 6902; throws a 422 StatusError where an operation does not apply. */
export function jsonPatch(root: Json, operations: Json): Json {
	return recordsAt({operations}, 'operations').reduce<Json>(applied, root);
}
