import {span} from '../core/line.ts';
import type {ObjectModel, Related} from '../core/object-model.ts';
import type {PageLine, PageSetting} from '../core/page.ts';
import {openObject} from '../core/targets.ts';
import {still} from './fit.ts';
import {refName} from './state-mark.ts';
import {type BlockRow, tableBlock} from './summary/table-block.ts';

const words: Readonly<Record<Related['state'], string>> = {present: '', missing: 'not there', denied: 'not allowed', unchecked: 'not looked up'};

/** The Related tab: everything the object names and everything that names it, with its state; Enter opens it. */
export function relatedLines(model: ObjectModel, setting: PageSetting): readonly PageLine[] {
	if (model.object === undefined) return [];
	if (model.related.length === 0) return [still('Nothing is related to this object: no owner, no reference in its fields, nobody that is known to name it.')];
	const rows = model.related.map((related, index) => relatedRow(related, index, model));
	const specs = [
		{title: 'HOW', min: 6},
		{title: 'KIND', min: 8, cut: 'middle'},
		{title: 'NAME', min: 12, cut: 'middle'},
		{title: 'STATE', min: 8, drop: 1},
	] as const;
	return tableBlock(specs, rows, setting).flatMap(({lines}) => lines);
}

function relatedRow(related: Related, index: number, model: ObjectModel): BlockRow {
	const {relation, kind, ref, state, tone, detail} = related;
	const elsewhere = ref.namespace !== undefined && ref.namespace !== model.ref.namespace;
	const text = detail ?? words[state];
	const opens = kind !== '' && ref.name !== '' && state !== 'missing';
	return {
		tone,
		id: `related:${index}:${ref.name}`,
		...(ref.name === '' ? {} : {copy: ref.name}),
		cells: [span(relation, 'muted'), span(ref.kind), span(ref.name === '' ? '-' : elsewhere ? refName(ref) : ref.name), span(text, tone)],
		...(opens ? {enter: [openObject(kind, ref)]} : {}),
	};
}
