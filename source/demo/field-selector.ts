import type {DemoKind} from './kind.ts';
import {badRequest} from './status-error.ts';
import type {StoredObject} from './stored-object.ts';

export type FieldPredicate = (object: StoredObject) => boolean;

const emptyObject: StoredObject = {apiVersion: '', kind: '', metadata: {name: '', uid: '', resourceVersion: '', creationTimestamp: ''}};

function fieldsOf(kind: DemoKind, object: StoredObject): Readonly<Record<string, string>> {
	const own = kind.fields === undefined ? {} : kind.fields(object);
	return {...own, 'metadata.name': object.metadata.name, ...(kind.namespaced ? {'metadata.namespace': object.metadata.namespace ?? ''} : {})};
}

function requirement(kind: DemoKind, term: string): FieldPredicate {
	const match = /^([^=!]*)(==|!=|=)(.*)$/su.exec(term);
	if (match === null) throw badRequest(`invalid selector: '${term}'; can't understand '${term}'`);
	const [, field = '', operator, escaped = ''] = match;
	if (!(field in fieldsOf(kind, emptyObject))) throw badRequest(`field label not supported: ${field}`);
	const value = escaped.replaceAll(/\\([\\,=])/gu, '$1');
	return object => (fieldsOf(kind, object)[field] === value) === (operator !== '!=');
}

/** A fieldSelector over the fields that a kind supports; undefined when it selects all. Throws a 400 StatusError. */
export function parseFieldSelector(kind: DemoKind, source: string): FieldPredicate | undefined {
	const terms = source.split(/(?<!\\),/u).filter(term => term !== '');
	if (terms.length === 0) return undefined;
	const predicates = terms.map(term => requirement(kind, term));
	return object => predicates.every(matches => matches(object));
}
