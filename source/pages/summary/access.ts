import {fieldAt, listAt, textAt} from '../../core/field.ts';
import {span} from '../../core/line.ts';
import {openObject} from '../../core/targets.ts';
import {fact, relatedAs, type Summarize} from './summary.ts';
import {type BlockRow, tableBlock} from './table-block.ts';

/** Of a Role or ClusterRole: what it allows on what. */
export const summarizeRole: Summarize = ({object, setting}) => {
	const rows = listAt(object, 'rules').map((rule, index): BlockRow => {
		const groups = listAt(rule, 'apiGroups').map(group => (group === '' ? 'core' : String(group)));
		const names = listAt(rule, 'resourceNames');
		const what = [...listAt(rule, 'resources'), ...listAt(rule, 'nonResourceURLs')].join(',');
		return {
			id: `rule:${index}`,
			copy: what,
			cells: [span(`${what}${names.length > 0 ? ` (${names.join(',')})` : ''}`), span(groups.join(',') || '-'), span(listAt(rule, 'verbs').join(','))],
		};
	});
	return {
		blocks: tableBlock(
			[
				{title: 'RESOURCES', min: 10},
				{title: 'GROUPS', min: 6, drop: 1},
				{title: 'VERBS', min: 8},
			],
			rows,
			setting,
		),
	};
};

/** Of a RoleBinding or ClusterRoleBinding: its role and whom it binds. */
export const summarizeBinding: Summarize = ({object, model, setting}) => {
	const role = fieldAt(object, 'roleRef');
	const rows = listAt(object, 'subjects').map((subject, index): BlockRow => {
		const name = textAt(subject, 'name') ?? '';
		const target = textAt(subject, 'kind') === 'ServiceAccount' ? relatedAs(model, 'subject', name) : undefined;
		return {
			...(target === undefined ? {} : {tone: target.tone}),
			id: `subject:${index}`,
			copy: name,
			cells: [span(textAt(subject, 'kind') ?? ''), span(name), span(textAt(subject, 'namespace') ?? '-')],
			...(target && target.state !== 'missing' ? {enter: [openObject(target.kind, target.ref)]} : {}),
		};
	});
	return {
		facts: fact('Role', `${textAt(role, 'kind') ?? ''}/${textAt(role, 'name') ?? ''}`, {target: relatedAs(model, 'role')}),
		blocks: tableBlock([{title: 'SUBJECT'}, {title: 'NAME', min: 8, cut: 'middle'}, {title: 'NAMESPACE', drop: 1}], rows, setting),
	};
};
