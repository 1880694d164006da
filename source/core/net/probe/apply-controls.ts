import type {ProbeCell} from '../cell.ts';
import type {ProbeQuestion} from './probe-plan.ts';

export type AskedCell = Readonly<{question: ProbeQuestion; cell: ProbeCell}>;

/**
 * Takes the proof from cells of one source whose control succeeded though it must fail: a connection that opens to nowhere (R16) makes every
 * bare TCP connection worthless, an answer to a name that does not exist (R8) every name whose right answer is not known. What has content
 * that can be checked keeps its word. Source: diagnosis.md 4.4 trap 5.
 */
export function applyControls(asked: readonly AskedCell[]): readonly AskedCell[] {
	const opened = asked.find(({question, cell}) => question.control === true && question.row === 'R16' && cell.transport === 'ok');
	const invented = asked.find(({question, cell}) => question.row === 'R8' && cell.answer === 'NOERROR');
	return asked.map(one => {
		const {question, cell} = one;
		if (question.control === true || cell.transport !== 'ok') return one;
		if (opened !== undefined && isBareConnect(one))
			return without(
				one,
				`a connection to ${opened.cell.to.title} (${opened.cell.to.address}:${opened.cell.to.port}) opened as well, so this one proves nothing`,
			);
		if (invented !== undefined && cell.to.address === invented.cell.to.address && isUnchecked(one))
			return without(one, `this server answers ${invented.cell.name ?? 'a name that does not exist'} as well, so this answer proves nothing`);
		return one;
	});
}

function isBareConnect({question, cell}: AskedCell): boolean {
	const isConnect = question.probe === 'tcp-connect' || (question.probe === 'dns-query' && question.protocol === 'tcp');
	return isConnect && cell.answer === undefined;
}

function isUnchecked({question, cell}: AskedCell): boolean {
	if (question.probe !== 'dns-query' || cell.answer !== 'NOERROR') return false;
	return question.expects === undefined || !question.expects.some(value => cell.values?.includes(value) === true);
}

function without({question, cell}: AskedCell, why: string): AskedCell {
	return {question, cell: {...cell, transport: 'not-proof', detail: `${cell.detail}\n${why}`.trim()}};
}
